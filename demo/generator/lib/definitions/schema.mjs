// JSON Schema of the types of an API, shared by OpenAPI and AsyncAPI.

const FORMATS = {
  string: { type: "string" },
  uuid: { type: "string", format: "uuid" },
  date: { type: "string", format: "date" },
  time: { type: "string", format: "date-time" },
  int: { type: "integer", format: "int64" },
  num: { type: "number" },
  bool: { type: "boolean" },
};

const MONEY = {
  type: "object",
  description: "An amount as a decimal string, so that no cent is lost on the way",
  required: ["amount", "currency"],
  properties: {
    amount: { type: "string", pattern: "^-?[0-9]+(\\.[0-9]{1,4})?$" },
    currency: { type: "string", minLength: 3, maxLength: 3 },
  },
};

export function schemas(api) {
  const all = Object.fromEntries(api.types.map((t) => [t.name, object(t)]));
  return api.types.some((t) => t.fields.some((f) => f.type === "money")) ? { ...all, Money: MONEY } : all;
}

function object(type) {
  const required = type.fields.filter((f) => !f.optional).map((f) => f.name);
  return {
    type: "object",
    ...(required.length > 0 && { required }),
    properties: Object.fromEntries(type.fields.map((f) => [f.name, property(f)])),
  };
}

function property(f) {
  const one = f.values ? { type: "string", enum: f.values } : FORMATS[f.type] ?? reference(f.type === "money" ? "Money" : f.type);
  return f.array ? { type: "array", items: one } : one;
}

export function reference(name, array = false) {
  const ref = { $ref: `#/components/schemas/${name}` };
  return array ? { type: "array", items: ref } : ref;
}

/** `account-opening` or `account.opened` as `AccountOpening`, `AccountOpened`. */
export function pascal(text) {
  return text
    .split(/[^A-Za-z0-9]+/)
    .filter(Boolean)
    .map((w) => w[0].toUpperCase() + w.slice(1))
    .join("");
}

export function contact(api) {
  return { name: api.provider, url: `https://github.com/lunar-example/${api.provider}` };
}
