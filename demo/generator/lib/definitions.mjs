// The definition of an API as text, in the language that its type names.
import { asyncapi } from "./definitions/asyncapi.mjs";
import { graphql } from "./definitions/graphql.mjs";
import { openapi } from "./definitions/openapi.mjs";
import { protobuf } from "./definitions/protobuf.mjs";

const LANGUAGES = { openapi, asyncapi, graphql, grpc: protobuf };

export function define(api) {
  return LANGUAGES[api.type](api);
}
