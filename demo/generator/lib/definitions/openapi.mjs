// OpenAPI: paths from the operations, components from the types.
import { map } from "../yaml.mjs";
import { contact, pascal, reference, schemas } from "./schema.mjs";

export function openapi(api) {
  return map(
    {
      openapi: api.dialect === "openapi-3.1" ? "3.1.0" : "3.0.3",
      info: { title: api.title, version: api.version, description: api.description, contact: contact(api) },
      servers: [
        { url: `https://${api.provider}.prod.lunar.example`, description: "Production, inside the mesh" },
        { url: `https://${api.provider}.dev.lunar.example`, description: "Development" },
      ],
      security: [{ service: [] }],
      paths: paths(api),
      components: {
        securitySchemes: { service: { type: "http", scheme: "bearer", bearerFormat: "JWT" } },
        responses: {
          Problem: {
            description: "What went wrong, as problem details",
            content: { "application/problem+json": { schema: reference("Problem") } },
          },
        },
        schemas: {
          ...schemas(api),
          Problem: {
            type: "object",
            required: ["title", "status"],
            properties: { title: { type: "string" }, status: { type: "integer" }, detail: { type: "string" } },
          },
        },
      },
    },
    0,
  );
}

function paths(api) {
  const result = {};
  for (const op of api.operations) {
    result[op.path] ??= {};
    result[op.path][op.method] = operation(op);
  }
  return result;
}

function operation(op) {
  const parameters = [
    ...[...op.path.matchAll(/\{(\w+)\}/g)].map(([, name]) => parameter(name, "path")),
    ...op.query.map((name) => parameter(name, "query")),
  ];
  return {
    operationId: op.method + op.path.split("/").filter(Boolean).map((s) => (s.startsWith("{") ? `By${pascal(s)}` : pascal(s))).join(""),
    summary: op.summary,
    ...(parameters.length > 0 && { parameters }),
    ...(op.body && { requestBody: { required: true, content: json(reference(op.body)) } }),
    responses: {
      [op.status]: { description: outcome(op), ...(op.result && { content: json(reference(op.result, op.array)) }) },
      default: { $ref: "#/components/responses/Problem" },
    },
  };
}

function parameter(name, where) {
  return { name, in: where, ...(where === "path" && { required: true }), schema: { type: "string" } };
}

function json(schema) {
  return { "application/json": { schema } };
}

function outcome(op) {
  if (!op.result) return op.status === "202" ? "Accepted" : "Done, nothing to return";
  return op.array ? `A list of ${op.result}` : op.result;
}
