// Users, and the one who asks.
import { notFound, Problem } from "../http/problem.mjs";
import * as shape from "../shapes/account.mjs";
import { lastModified } from "./find.mjs";

const shown = ({ actor, at, world }, account) => {
  if (!account) throw notFound();
  return { body: shape.fullUser(at, world, account, actor), lastModified: lastModified(account.updated_at) };
};

export const handlers = {
  "users/get-by-username": (ask) => shown(ask, ask.world.account(ask.params.username)),
  "users/get-by-id": (ask) => shown(ask, ask.world.byId(ask.world.users, ask.params.account_id)),

  "users/get-authenticated": ({ actor, at, world }) => {
    if (actor.kind === "installation") throw new Problem(403, "Resource not accessible by integration");
    if (!actor.user) actor.knows();
    return { body: shape.privateUser(at, world, actor.user), lastModified: lastModified(actor.user.updated_at) };
  },
};
