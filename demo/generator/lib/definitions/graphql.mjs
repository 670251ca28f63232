// GraphQL schema definition language; types whose name ends in `Input` are inputs.
import { pascal } from "./schema.mjs";

const SCALARS = { string: "String", uuid: "ID", date: "Date", time: "DateTime", int: "Int", num: "Float", bool: "Boolean", money: "Money" };

export function graphql(api) {
  const parts = [`"""${api.title}: ${api.description}"""\nschema {\n${roots(api).map((r) => `  ${r}: ${pascal(r)}\n`).join("")}}`];
  for (const name of ["date", "time"]) {
    if (uses(api, name)) parts.push(`scalar ${SCALARS[name]}`);
  }
  for (const root of roots(api)) {
    const fields = api.operations.filter((o) => o.root === root).map((o) => `  "${o.summary}"\n  ${o.signature}`);
    parts.push(`type ${pascal(root)} {\n${fields.join("\n")}\n}`);
  }
  for (const type of api.types) {
    parts.push(`${type.name.endsWith("Input") ? "input" : "type"} ${type.name} {\n${type.fields.map((f) => `  ${f.name}: ${typeOf(type, f)}`).join("\n")}\n}`);
    for (const f of type.fields.filter((f) => f.values)) {
      const values = f.values.map((v) => `  ${v.toUpperCase().replaceAll("-", "_")}`);
      parts.push(`enum ${type.name}${pascal(f.name)} {\n${values.join("\n")}\n}`);
    }
  }
  if (uses(api, "money")) parts.push("type Money {\n  amount: String!\n  currency: String!\n}");
  return `${parts.join("\n\n")}\n`;
}

function roots(api) {
  return [...new Set(api.operations.map((o) => o.root))];
}

function uses(api, type) {
  const named = new RegExp(`\\b${SCALARS[type]}\\b`);
  return api.operations.some((o) => named.test(o.signature)) || api.types.some((t) => t.fields.some((f) => f.type === type));
}

function typeOf(type, f) {
  const one = f.values ? type.name + pascal(f.name) : SCALARS[f.type] ?? f.type;
  return (f.array ? `[${one}!]` : one) + (f.optional ? "" : "!");
}
