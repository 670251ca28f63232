// Protocol buffers, version 3: one service, its messages, enumerations inside the message that uses them.
import { pascal } from "./schema.mjs";

const SCALARS = {
  string: "string",
  uuid: "string",
  date: "google.type.Date",
  time: "google.protobuf.Timestamp",
  int: "int64",
  num: "double",
  bool: "bool",
  money: "google.type.Money",
};
const IMPORTS = { date: "google/type/date.proto", money: "google/type/money.proto", time: "google/protobuf/timestamp.proto" };

export function protobuf(api) {
  const used = Object.keys(IMPORTS).filter((t) => api.types.some((type) => type.fields.some((f) => f.type === t)));
  const name = api.provider.replaceAll("-", "_");
  return [
    `// ${api.title} ${api.version}: ${api.description}`,
    'syntax = "proto3";',
    `package lunar.${name}.v${api.version.split(".")[0]};`,
    ...(used.length > 0 ? [used.map((t) => `import "${IMPORTS[t]}";`).join("\n")] : []),
    service(api),
    ...api.types.map(message),
  ]
    .join("\n\n")
    .concat("\n");
}

function service(api) {
  const rpcs = api.operations.map((o) => `  // ${o.summary}.\n  rpc ${o.name}(${o.request}) returns (${o.response});`);
  return `service ${pascal(api.provider)} {\n${rpcs.join("\n\n")}\n}`;
}

function message(type) {
  const enums = type.fields.filter((f) => f.values).map(enumeration);
  const fields = type.fields.map((f, i) => `  ${label(f)}${f.values ? pascal(f.name) : SCALARS[f.type] ?? f.type} ${snake(f.name)} = ${i + 1};`);
  return `message ${type.name} {\n${[...enums, ...fields].join("\n")}\n}`;
}

function label(f) {
  if (f.array) return "repeated ";
  return f.optional ? "optional " : "";
}

function enumeration(f) {
  const prefix = snake(f.name).toUpperCase();
  const values = ["unspecified", ...f.values].map((v, i) => `    ${prefix}_${v.toUpperCase().replaceAll("-", "_")} = ${i};`);
  return `  enum ${pascal(f.name)} {\n${values.join("\n")}\n  }`;
}

function snake(name) {
  return name.replace(/[A-Z]/g, (c) => `_${c.toLowerCase()}`);
}
