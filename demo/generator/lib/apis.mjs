// Reads the API files: a head line, then indented lines with the types and operations of one interface.
//
//   api <name> | <type> <version> [openapi-3.1|asyncapi-2] [inline] [exp|dep] | <provider> | <consumers> | <title> | <description>
//     Account = id:uuid iban product:(current|savings) openedOn:date? tags:string[]
//     GET /accounts?holderId -> Account[] : List the accounts of one holder       (openapi)
//     send account.opened Account : An account is open and may be used            (asyncapi)
//     query account(id: ID!): Account : One account by its identifier             (graphql)
//     rpc Find(AccountQuery) Account : Finds one account                          (grpc)
import { fields, files, lines, words } from "./read.mjs";

const EXTENSION = { openapi: "yaml", asyncapi: "yaml", graphql: "graphql", grpc: "proto" };
const DIALECTS = ["openapi-3.1", "asyncapi-2"];

export function readApis() {
  return files("apis").flatMap(({ name, file }) => {
    const apis = [];
    for (const line of lines(file)) {
      if (line.text.startsWith("api ")) apis.push(head({ ...line, text: line.text.slice(4) }, name));
      else body(apis.at(-1), line);
    }
    return apis;
  });
}

function head(line, group) {
  const [name, kind, provider, consumers, title, description] = fields(line, 6);
  const [type, version, ...flags] = words(kind);
  if (!EXTENSION[type]) throw new Error(`${line.at}: ${type} is not an API type`);
  return {
    name,
    type,
    version,
    inline: flags.includes("inline"),
    lifecycle: flags.includes("exp") ? "experimental" : flags.includes("dep") ? "deprecated" : "production",
    dialect: flags.find((f) => DIALECTS.includes(f)) ?? null,
    provider,
    consumers: words(consumers),
    title,
    description,
    group,
    file: `${name}.${EXTENSION[type]}`,
    types: [],
    operations: [],
  };
}

function body(api, { text, at }) {
  const type = /^ +([A-Z]\w*) = (.+)$/.exec(text);
  if (type) {
    api.types.push({ name: type[1], fields: words(type[2]).map((f) => field(f, at)) });
    return;
  }
  const [, operation, summary] = /^ +(.+?) : (.+)$/.exec(text) ?? [];
  const parse = { openapi: http, asyncapi: event, graphql: graphqlField, grpc: rpc }[api.type];
  const parsed = operation && parse(operation);
  if (!parsed) throw new Error(`${at}: neither a type nor an operation: ${text}`);
  api.operations.push({ ...parsed, summary });
}

/** `name:type?`, `name:(a|b)`, `name:Type[]`; without a type it is a string. */
function field(text, at) {
  const match = /^(\w+)(?::(\([\w|.-]+\)|\w+)(\[\])?)?(\?)?$/.exec(text);
  if (!match) throw new Error(`${at}: not a field: ${text}`);
  const [, name, type = "string", array, optional] = match;
  const values = type.startsWith("(") ? type.slice(1, -1).split("|") : null;
  return { name, type: values ? "enum" : type, values, array: Boolean(array), optional: Boolean(optional) };
}

function http(text) {
  const match = /^(GET|POST|PUT|PATCH|DELETE) ([^\s?]+)(?:\?(\S+))?(?: ([A-Z]\w*))?(?: -> (?:(\d{3}) ?)?(?:([A-Z]\w*)(\[\])?)?)?$/.exec(text);
  if (!match) return null;
  const [, method, path, query, body, status, result, array] = match;
  return {
    method: method.toLowerCase(),
    path,
    query: query?.split("&") ?? [],
    body,
    result,
    array: Boolean(array),
    status: status ?? (result ? (method === "POST" ? "201" : "200") : "204"),
  };
}

function event(text) {
  const match = /^(send|receive) (\S+) ([A-Z]\w*)$/.exec(text);
  return match && { action: match[1], channel: match[2], message: match[3] };
}

function graphqlField(text) {
  const match = /^(query|mutation|subscription) (.+)$/.exec(text);
  return match && { root: match[1], signature: match[2] };
}

function rpc(text) {
  const match = /^rpc (\w+)\((stream )?(\w+)\) (stream )?(\w+)$/.exec(text);
  return match && { name: match[1], request: (match[2] ?? "") + match[3], response: (match[4] ?? "") + match[5] };
}
