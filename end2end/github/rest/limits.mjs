// How many requests are left.
import { shown } from "../http/limits.mjs";

export const handlers = {
  "rate-limit/get": ({ actor, limits }) => {
    const of = (resource) => shown(limits.bucket(actor, resource));
    const core = of("core");
    const resources = { core, search: of("search"), code_search: of("code_search"), graphql: of("graphql") };
    return { body: { resources, rate: core } };
  },
};
