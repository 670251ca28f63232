// A repository: what GitHub knows of it, and its content.
import { Git } from "../git/repository.mjs";

const CHANGEABLE = ["description", "homepage", "language", "archived", "disabled", "fork", "default_branch", "is_template"];
const VISIBILITIES = ["public", "private", "internal"];

export class Repository {
  git = new Git();
  topics = [];
  /** Full names that it once had. */
  former = [];
  visibility = "public";
  description = null;
  homepage = null;
  language = null;
  archived = false;
  disabled = false;
  fork = false;
  is_template = false;
  default_branch = "main";

  constructor(id, owner, name, now) {
    Object.assign(this, { id, owner, name, created_at: now, updated_at: now, pushed_at: now });
  }

  get full_name() {
    return `${this.owner.login}/${this.name}`;
  }

  get private() {
    return this.visibility !== "public";
  }

  /** KiB of the default branch; it is asked for in every list, so it is counted once a commit. */
  get size() {
    const tip = this.git.branch(this.default_branch)?.sha;
    if (tip === undefined) return 0;
    if (this.counted?.tip !== tip) this.counted = { tip, size: Math.ceil(this.git.size(this.default_branch) / 1024) };
    return this.counted.size;
  }

  describe(wanted, now) {
    for (const key of CHANGEABLE) if (wanted[key] !== undefined) this[key] = wanted[key];
    if (wanted.private !== undefined) this.visibility = wanted.private ? "private" : "public";
    if (wanted.visibility !== undefined) {
      if (!VISIBILITIES.includes(wanted.visibility)) throw new Error(`no such visibility: ${wanted.visibility}`);
      this.visibility = wanted.visibility;
    }
    if (wanted.topics) this.topics = [...wanted.topics];
    this.updated_at = now;
  }

  commit(branch, wanted, now) {
    const commit = this.git.commit(branch, wanted);
    this.pushed_at = now;
    this.updated_at = now;
    return commit;
  }
}
