// Every operation that is answered. One more is a line in one of these.
import { handlers as apps } from "./apps.mjs";
import { handlers as commits } from "./commits.mjs";
import { handlers as contents } from "./contents.mjs";
import { handlers as git } from "./git.mjs";
import { handlers as limits } from "./limits.mjs";
import { handlers as organizations } from "./organizations.mjs";
import { handlers as repositories } from "./repositories.mjs";
import { handlers as search } from "./search.mjs";
import { handlers as users } from "./users.mjs";

export const handlers = {
  ...apps, ...commits, ...contents, ...git, ...limits, ...organizations, ...repositories, ...search, ...users,
};
