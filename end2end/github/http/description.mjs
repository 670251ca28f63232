// GitHub's own description of its interface (@octokit/openapi): where operations are, and what they may answer.
import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { createHash } from "node:crypto";
import { Ajv } from "ajv";
import formats from "ajv-formats";

const file = createRequire(import.meta.url).resolve("@octokit/openapi/generated/api.github.com.json");
const described = JSON.parse(readFileSync(file, "utf8"));
const COMPONENT = "#/components/schemas/";

const ajv = new Ajv({ strict: false, validateSchema: false, logger: false, addUsedSchema: false });
formats.default(ajv);
const added = new Set();

/** OpenAPI 3.0 is not quite JSON Schema: it has a word of its own for «or null». */
function plain(schema) {
  if (Array.isArray(schema)) return schema.map(plain);
  if (typeof schema !== "object" || schema === null) return schema;
  if (typeof schema.$ref === "string") return { $ref: component(schema.$ref) };
  const { nullable, example, examples, discriminator, ...rest } = schema;
  const made = Object.fromEntries(
    Object.entries(rest).map(([key, value]) => [key, key === "properties" ? properties(value) : plain(value)]),
  );
  return nullable === true ? { anyOf: [{ type: "null" }, made] } : made;
}

// A property may be called `example`.
const properties = (all) => Object.fromEntries(Object.entries(all).map(([name, schema]) => [name, plain(schema)]));

/** Schemas are taken over when something first refers to them: all of them would take seconds. */
function component(ref) {
  const name = ref.slice(COMPONENT.length);
  if (!ref.startsWith(COMPONENT) || !described.components.schemas[name]) throw new Error(`no schema ${ref}`);
  if (!added.has(name)) {
    added.add(name);
    ajv.addSchema(plain(described.components.schemas[name]), name);
  }
  return name;
}

const compiled = new Map();

function validator(key, schema) {
  if (!compiled.has(key)) compiled.set(key, ajv.compile(plain(schema())));
  return compiled.get(key);
}

/** The deepest complaints say most. */
function complaints(errors) {
  const deepest = [...errors].sort((one, other) => other.instancePath.split("/").length - one.instancePath.split("/").length);
  return deepest.slice(0, 8).map(({ instancePath, message, params }) => `${instancePath || "/"} ${message} ${JSON.stringify(params)}`);
}

export const operations = new Map();
for (const [path, methods] of Object.entries(described.paths)) {
  for (const [method, operation] of Object.entries(methods)) {
    if (operation.operationId) operations.set(operation.operationId, { ...operation, method: method.toUpperCase(), path });
  }
}

// The description of this list wants an account to be a user and an enterprise at once; that of a single one is right.
const listed = { type: "array", items: { $ref: `${COMPONENT}installation` } };
operations.get("apps/list-installations").responses[200].content["application/json"].schema = listed;

const resolved = (response) =>
  response?.$ref ? described.components.responses[response.$ref.split("/").at(-1)] : response;

const BASIC_ERROR = { $ref: `${COMPONENT}basic-error` };

/** What an answer's schema is. An error that an operation does not list is GitHub's basic one. */
function schemaOf(operation, status, media) {
  const response = resolved(operation.responses[status]);
  if (!response && status < 300) return undefined;
  const content = response?.content ?? {};
  return (content[media] ?? content["application/json"] ?? content["application/scim+json"])?.schema ?? BASIC_ERROR;
}

const good = new Set();

/** What is wrong with an answer; the same answer is read once. */
export function violations(id, status, text, media = "application/json") {
  const key = `${id} ${status} ${media}`;
  const mark = createHash("sha1").update(`${key}\n${text}`).digest("base64");
  if (good.has(mark)) return [];
  const operation = operations.get(id);
  if (!schemaOf(operation, status, media)) return [`${id} does not answer ${status}`];
  const check = validator(key, () => schemaOf(operation, status, media));
  if (!check(JSON.parse(text))) return complaints(check.errors);
  good.add(mark);
  return [];
}

/** What is wrong with a webhook's payload; nothing is known of some. */
export function webhookViolations(event, action, payload) {
  const name = [event, action].filter(Boolean).join("-").replaceAll("_", "-");
  const hook = described["x-webhooks"][name];
  if (!hook) return [];
  const check = validator(`webhook ${name}`, () => hook.post.requestBody.content["application/json"].schema);
  return check(payload) ? [] : complaints(check.errors);
}
