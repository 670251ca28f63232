// AsyncAPI over AMQP: 3.0, or 2.6 for those who have not moved yet.
import { map } from "../yaml.mjs";
import { contact, pascal, schemas } from "./schema.mjs";

export function asyncapi(api) {
  const old = api.dialect === "asyncapi-2";
  const info = { title: api.title, version: api.version, description: api.description, contact: contact(api) };
  const server = old ? { url: "amqp.prod.lunar.example:5671", protocol: "amqps" } : { host: "amqp.prod.lunar.example:5671", protocol: "amqps" };
  return map(
    {
      asyncapi: old ? "2.6.0" : "3.0.0",
      info,
      defaultContentType: "application/json",
      servers: { prod: server },
      ...(old ? { channels: oldChannels(api) } : { channels: channels(api), operations: operations(api) }),
      components: { messages: messages(api), schemas: { ...schemas(api), EventHeaders: HEADERS } },
    },
    0,
  );
}

const HEADERS = {
  type: "object",
  required: ["message-id", "occurred-at"],
  properties: {
    "message-id": { type: "string", format: "uuid" },
    "occurred-at": { type: "string", format: "date-time" },
    "correlation-id": { type: "string" },
  },
};

function messages(api) {
  const used = new Set(api.operations.map((o) => o.message));
  return Object.fromEntries(
    [...used].map((name) => [
      name,
      {
        name,
        headers: { $ref: "#/components/schemas/EventHeaders" },
        payload: { $ref: `#/components/schemas/${name}` },
      },
    ]),
  );
}

function channels(api) {
  return Object.fromEntries(
    api.operations.map((o) => [
      pascal(o.channel),
      { address: o.channel, messages: { [o.message]: { $ref: `#/components/messages/${o.message}` } } },
    ]),
  );
}

function operations(api) {
  return Object.fromEntries(
    api.operations.map((o) => [
      `${o.action}${pascal(o.channel)}`,
      { action: o.action, summary: o.summary, channel: { $ref: `#/channels/${pascal(o.channel)}` } },
    ]),
  );
}

function oldChannels(api) {
  return Object.fromEntries(
    api.operations.map((o) => [
      o.channel,
      // In version 2, `subscribe` is what the reader of the document may do: receive what we send.
      {
        [o.action === "send" ? "subscribe" : "publish"]: {
          operationId: `${o.action}${pascal(o.channel)}`,
          summary: o.summary,
          message: { $ref: `#/components/messages/${o.message}` },
        },
      },
    ]),
  );
}
