// The stand-in for GitHub answers GitHub's own client as GitHub does. No portal and no browser takes part.
import { expect, test } from "@playwright/test";
import { Octokit } from "@octokit/rest";
import { verify } from "@octokit/webhooks-methods";
import { execFileSync } from "node:child_process";
import { createSign } from "node:crypto";
import { chmodSync, mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { createServer, type IncomingHttpHeaders } from "node:http";
import { type AddressInfo } from "node:net";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { type GitHub, startGitHub } from "../github.js";

let github: GitHub;

test.beforeAll(async () => {
  github = await startGitHub();
});
test.afterAll(async () => {
  expect(await github.stop(), "it stops in order when its input closes").toBe(0);
});
test.beforeEach(() => github.control("POST", "/reset", LUNAR));
// Whatever a test asked for, GitHub might have said.
test.afterEach(async () => expect(await github.control("GET", "/violations")).toEqual([]));

const LUNAR = {
  users: [{ login: "runa", name: "Runa Holmvik", email: "runa@lunar.app" }],
  organizations: [
    {
      login: "lunar",
      name: "Lunar",
      members: [{ login: "runa", role: "admin", public: true }, "bo"],
      teams: [
        { name: "Tribe Core" },
        { name: "Squad Aura", parent: "tribe-core", members: ["runa", { login: "bo", role: "maintainer" }] },
        { name: "Hidden", privacy: "secret", members: ["runa"] },
      ],
    },
  ],
  repositories: [
    {
      full_name: "lunar/web",
      topics: ["frontend"],
      files: {
        "catalog-info.yaml": "kind: Component\n",
        "docs/a b.md": "hello\n",
        "docs/æ.md": "ø\n",
        link: { symlink: "docs/a b.md" },
        "run.sh": { content: "#!/bin/sh\n", executable: true },
      },
    },
    { full_name: "lunar/secret", private: true, files: { key: "value" } },
    { full_name: "lunar/empty" },
  ],
  tokens: [
    { token: "runas", login: "runa" },
    { token: "bos", login: "bo" },
    { token: "strangers", login: "stranger" },
    { token: "no-teams", login: "bo", scopes: ["repo"] },
  ],
  installations: [{ organization: "lunar" }],
};

const WEB = { owner: "lunar", repo: "web" };
const silent = { debug() {}, info() {}, warn() {}, error() {} };
const octokit = (auth?: string, base = "") => new Octokit({ auth, baseUrl: github.address + base, log: silent });
const get = (path: string, headers: Record<string, string> = {}) =>
  fetch(github.address + path, { headers: { "user-agent": "tests", ...headers }, redirect: "manual" });
const commit = (changes: object[], more: object = {}) =>
  github.control("POST", "/repositories/lunar/web/commits", { changes, ...more });

/** What GitHub refuses with. */
async function refusal(promise: Promise<unknown>) {
  const error = await promise.then(() => undefined, (error) => error);
  return [error?.status, error?.response?.data?.message];
}

test.describe("repositories", () => {
  test("lists go on over pages, on both kinds of servers", async () => {
    const many = Array.from({ length: 250 }, (_, number) => ({ full_name: `many/r${number}` }));
    await github.control("POST", "/world", { organizations: [{ login: "many" }], repositories: many });
    for (const base of ["", "/api/v3"]) {
      const client = octokit("runas", base);
      const all = await client.paginate("GET /orgs/{org}/repos", { org: "many", per_page: 100, sort: "full_name" });
      expect(all).toHaveLength(250);
      expect(all[0].url).toBe(`${github.address}${base}/repos/many/r0`);
      expect(new Set(all.map(({ id }) => id)).size).toBe(250);
    }
    const { data, headers } = await octokit().repos.listForOrg({ org: "many", per_page: 100, page: 2 });
    expect(data).toHaveLength(100);
    expect(headers.link!.split(", ").map((link) => /page=(\d+)>; rel="(\w+)"/.exec(link)!.slice(1))).toEqual([
      ["1", "prev"], ["3", "next"], ["3", "last"], ["1", "first"],
    ]);
    expect((await octokit().repos.listForOrg({ org: "lunar" })).headers.link, "one page has no links").toBeUndefined();
    expect((await octokit().repos.listForOrg({ org: "many", page: 99 })).data).toEqual([]);
  });

  test("private ones are there for those who may see them", async () => {
    const secret = { owner: "lunar", repo: "secret" };
    for (const auth of [undefined, "strangers"]) {
      expect(await refusal(octokit(auth).repos.get(secret))).toEqual([404, "Not Found"]);
      const names = (await octokit(auth).repos.listForOrg({ org: "lunar" })).data.map(({ name }) => name);
      expect(names.sort()).toEqual(["empty", "web"]);
    }
    expect((await octokit("bos").repos.get(secret)).data).toMatchObject({ private: true, visibility: "private" });
    expect(await refusal(octokit("wrong").repos.get(WEB))).toEqual([401, "Bad credentials"]);
    const basic = Buffer.from("x-access-token:bos").toString("base64");
    expect((await get("/repos/lunar/secret", { authorization: `Basic ${basic}` })).status).toBe(200);
    await github.control("DELETE", "/tokens/bos");
    expect(await refusal(octokit("bos").repos.get(secret))).toEqual([401, "Bad credentials"]);
  });

  test("a renamed one leads on, until its name is somebody else's", async () => {
    const { id } = await github.control("POST", "/repositories/lunar/web/rename", { name: "site" });
    const answer = await get("/repos/lunar/web/contents/docs?ref=main");
    expect(answer.status).toBe(301);
    expect(answer.headers.get("location")).toBe(`${github.address}/repositories/${id}/contents/docs?ref=main`);
    expect((await answer.json()).message).toBe("Moved Permanently");
    // The client follows.
    expect((await octokit().repos.get(WEB)).data.full_name).toBe("lunar/site");
    expect((await get("/raw/lunar/web/main/run.sh")).headers.get("location")).toMatch(/\/raw\/lunar\/site\/main\/run.sh$/);
    await github.control("PUT", "/repositories/lunar/web", { description: "new" });
    expect((await octokit().repos.get(WEB)).data.description).toBe("new");
  });

  test("one is archived, hidden and deleted", async () => {
    const web = "/repositories/lunar/web";
    await github.control("PUT", web, { archived: true, topics: ["a", "b"] });
    expect((await octokit().repos.get(WEB)).data).toMatchObject({ archived: true, topics: ["a", "b"] });
    expect((await octokit().repos.getAllTopics(WEB)).data.names).toEqual(["a", "b"]);
    await github.control("PUT", web, { visibility: "private" });
    expect((await refusal(octokit().repos.get(WEB)))[0]).toBe(404);
    await github.control("DELETE", web);
    expect((await refusal(octokit("runas").repos.get(WEB)))[0]).toBe(404);
  });

  test("an empty one says so", async () => {
    const empty = { owner: "lunar", repo: "empty" };
    const client = octokit();
    expect((await client.repos.get(empty)).data.size).toBe(0);
    expect(await refusal(client.repos.getContent({ ...empty, path: "" }))).toEqual([404, "This repository is empty."]);
    expect(await refusal(client.repos.listCommits(empty))).toEqual([409, "Git Repository is empty."]);
  });
});

test.describe("content", () => {
  const content = async (path: string, more: object = {}) =>
    (await octokit().repos.getContent({ ...WEB, path, ...more })).data as any;
  const text = (file: any) => Buffer.from(file.content, "base64").toString();

  test("files, directories and links are shown by path", async () => {
    expect(text(await content("docs/a b.md"))).toBe("hello\n");
    expect(text(await content("docs/æ.md"))).toBe("ø\n");
    expect((await content("docs")).map(({ name, type }: any) => [name, type])).toEqual([["a b.md", "file"], ["æ.md", "file"]]);
    expect((await content("")).map(({ type }: any) => type)).toEqual(["file", "dir", "symlink", "file"]);
    expect(text(await content("link")), "a link to a file stands for it").toBe("hello\n");
    const object = await content("docs", { mediaType: { format: "object" } });
    expect(object.entries).toHaveLength(2);
    const download = await fetch((await content("docs/a b.md")).download_url);
    expect(await download.text()).toBe("hello\n");
    expect((await refusal(content("nothing")))[0]).toBe(404);
    expect(await refusal(content("docs", { ref: "nowhere" }))).toEqual([404, "No commit found for the ref nowhere"]);
  });

  test("large files are told without what is in them, and given raw", async () => {
    const large = Buffer.alloc(1024 * 1024 + 1, "x");
    await commit([{ path: "large", base64: large.toString("base64") }]);
    expect(await content("large")).toMatchObject({ size: large.length, content: "", encoding: "none" });
    const raw = await get("/repos/lunar/web/contents/large", { accept: "application/vnd.github.raw+json" });
    expect(Buffer.from(await raw.arrayBuffer()).equals(large)).toBe(true);
    expect(raw.headers.get("content-type")).toContain("application/vnd.github.raw+json");
    const blob = await octokit().git.getBlob({ ...WEB, file_sha: (await content("large")).sha });
    expect(Buffer.from(blob.data.content, "base64").equals(large)).toBe(true);
  });

  test("a private file's download URL opens that file alone", async () => {
    const { data } = await octokit("runas").repos.getContent({ owner: "lunar", repo: "secret", path: "key" });
    const url = (data as any).download_url;
    expect(await (await fetch(url)).text()).toBe("value");
    expect((await fetch(url.replace("/key?", "/other?"))).status).toBe(404);
    expect((await fetch(url.split("?")[0])).status).toBe(404);
    expect((await get("/raw/lunar/secret/main/key", { authorization: "token bos" })).status).toBe(200);
  });

  test("commits add, change, move and remove files", async () => {
    const client = octokit();
    const first = (await client.repos.getBranch({ ...WEB, branch: "main" })).data.commit.sha;
    const author = { login: "runa", date: "2026-01-02T03:04:05Z" };
    const made = await commit(
      [{ path: "new/file", content: "x" }, { path: "run.sh", content: "changed" }, { path: "docs/æ.md", delete: true }, { path: "moved.md", from: "docs/a b.md" }],
      { message: "Change all", author },
    );
    expect(made).toMatchObject({ before: first, added: ["moved.md", "new/file"], modified: ["run.sh"] });
    expect(made.removed).toEqual(["docs/a b.md", "docs/æ.md"]);
    const { data } = await client.repos.getCommit({ ...WEB, ref: "main" });
    expect(data).toMatchObject({ sha: made.sha, author: { login: "runa" }, commit: { message: "Change all" } });
    expect(data.files!.map(({ filename, status }) => [filename, status])).toEqual([
      ["docs/æ.md", "removed"], ["moved.md", "renamed"], ["new/file", "added"], ["run.sh", "modified"],
    ]);
    const last = async (path: string) => (await client.repos.listCommits({ ...WEB, path, per_page: 1 })).data[0].sha;
    expect([await last("run.sh"), await last("catalog-info.yaml"), await last("docs")]).toEqual([made.sha, first, made.sha]);
    expect(text(await content("docs/a b.md", { ref: first }))).toBe("hello\n");
    expect((await client.repos.getCommit({ ...WEB, ref: "main", mediaType: { format: "sha" } })).data).toBe(made.sha);
    expect((await refusal(client.repos.getCommit({ ...WEB, ref: "nowhere" })))[0]).toBe(422);
  });

  test("branches and tags name commits, with slashes too", async () => {
    const client = octokit();
    await github.control("PUT", "/repositories/lunar/web/refs/heads/feature/one", { from: "main" });
    const { sha } = await commit([{ path: "only-there", content: "1" }], { branch: "feature/one" });
    await github.control("PUT", "/repositories/lunar/web/refs/tags/v1", { sha });
    expect((await client.repos.getBranch({ ...WEB, branch: "feature/one" })).data.commit.sha).toBe(sha);
    expect((await client.git.getRef({ ...WEB, ref: "heads/feature/one" })).data.object.sha).toBe(sha);
    expect((await client.repos.listBranches(WEB)).data.map(({ name }) => name)).toEqual(["feature/one", "main"]);
    expect((await client.repos.listTags(WEB)).data.map(({ name }) => name)).toEqual(["v1"]);
    for (const ref of ["feature/one", "v1", sha, sha.slice(0, 8)]) expect(text(await content("only-there", { ref }))).toBe("1");
    expect((await get("/raw/lunar/web/feature/one/only-there")).status).toBe(200);
    expect((await refusal(content("only-there")))[0]).toBe(404);
    await github.control("DELETE", "/repositories/lunar/web/refs/heads/feature/one");
    expect(await refusal(client.repos.getBranch({ ...WEB, branch: "feature/one" }))).toEqual([404, "Branch not found"]);
  });

  test("a recursive tree is cut where the limit is", async () => {
    const tree = async () => (await octokit().git.getTree({ ...WEB, tree_sha: "main", recursive: "1" })).data;
    const all = await tree();
    expect(all.truncated).toBe(false);
    expect(all.tree.map(({ path, mode }) => `${mode} ${path}`)).toEqual([
      "100644 catalog-info.yaml", "040000 docs", "100644 docs/a b.md", "100644 docs/æ.md", "120000 link", "100755 run.sh",
    ]);
    await github.control("POST", "/world", { settings: { tree_limit: all.tree.length } });
    expect((await tree()).truncated, "all of them fit").toBe(false);
    await github.control("POST", "/world", { settings: { tree_limit: 2 } });
    expect(await tree()).toMatchObject({ truncated: true, sha: all.sha, tree: all.tree.slice(0, 2) });
  });

  test("objects have the names that git gives them", async () => {
    const root = mkdtempSync(join(tmpdir(), "perilune-github-"));
    const checkout = join(root, "lunar/from-disk");
    const write = (path: string, text: string | Buffer) => {
      mkdirSync(dirname(join(checkout, path)), { recursive: true });
      writeFileSync(join(checkout, path), text);
    };
    // Git's order is that of bytes, with a slash behind directories.
    for (const path of ["a/x", "a.b", "a-b", "a0/y", "æ/ø", "Z"]) write(path, `${path}\n`);
    write("bytes", Buffer.from([0, 255, 10]));
    write("run", "#!/bin/sh\n");
    chmodSync(join(checkout, "run"), 0o755);
    symlinkSync("../nowhere", join(checkout, "dangling"));
    const git = (...parameters: string[]) => execFileSync("git", ["-C", checkout, ...parameters], { encoding: "utf8" }).trim();
    git("init", "--quiet");
    git("add", "--all");
    const [{ full_name, sha }] = await github.control("POST", "/load", { directory: root });
    expect(full_name).toBe("lunar/from-disk");
    const repository = { owner: "lunar", repo: "from-disk" };
    const { data } = await octokit().git.getCommit({ ...repository, commit_sha: sha });
    expect(data.tree.sha).toBe(git("write-tree"));
    // The same commit by git's own hand.
    const person = `${data.author.name} <${data.author.email}> ${Date.parse(data.author.date) / 1000} +0000`;
    const input = `tree ${data.tree.sha}\nauthor ${person}\ncommitter ${person}\n\n${data.message}`;
    const hashed = execFileSync("git", ["-C", checkout, "hash-object", "-t", "commit", "--stdin"], { input, encoding: "utf8" });
    expect(hashed.trim()).toBe(sha);
    // Loading again takes away what is gone.
    rmSync(join(checkout, "a"), { recursive: true });
    git("add", "--all");
    const [again] = await github.control("POST", "/load", { directory: root });
    expect((await octokit().git.getCommit({ ...repository, commit_sha: again.sha })).data.tree.sha).toBe(git("write-tree"));
    rmSync(root, { recursive: true });
  });

  test("files are found by name, by those who have signed in", async () => {
    const search = async (auth?: string) => (await octokit(auth).search.code({ q: "org:lunar filename:catalog-info" })).data;
    expect((await search("runas")).items.map(({ path, repository }) => `${repository.full_name}/${path}`)).toEqual(["lunar/web/catalog-info.yaml"]);
    expect((await refusal(search()))[0]).toBe(401);
  });
});

test.describe("organisations", () => {
  const org = { org: "lunar" };
  const logins = ({ data }: { data: { login: string }[] }) => data.map(({ login }) => login).sort();

  test("teams have parents, children and members", async () => {
    const client = octokit("bos");
    expect((await client.teams.list(org)).data.map(({ slug }) => slug), "secret ones are for their members").toEqual(["tribe-core", "squad-aura"]);
    expect((await octokit("runas").teams.list(org)).data).toHaveLength(3);
    const { data } = await client.teams.getByName({ ...org, team_slug: "squad-aura" });
    expect(data).toMatchObject({ name: "Squad Aura", parent: { slug: "tribe-core" }, members_count: 2 });
    const tribe = { ...org, team_slug: "tribe-core" };
    expect((await client.teams.listChildInOrg(tribe)).data.map(({ slug }) => slug)).toEqual(["squad-aura"]);
    expect(logins(await client.teams.listMembersInOrg(tribe)), "children's members are members").toEqual(["bo", "runa"]);
    expect(logins(await client.teams.listMembersInOrg({ ...tribe, role: "maintainer" }))).toEqual(["bo"]);
    await github.control("PUT", "/organizations/lunar/teams/squad-aura", { members: ["runa"], description: "x" });
    expect(logins(await client.teams.listMembersInOrg(tribe))).toEqual(["runa"]);
    await github.control("DELETE", "/organizations/lunar/teams/tribe-core");
    expect((await refusal(client.teams.getByName({ ...org, team_slug: "squad-aura" })))[0]).toBe(404);
  });

  test("pages of members lead on by number", async () => {
    const pages = octokit("bos").paginate("GET /orgs/{org}/teams/{team_slug}/members", { ...org, team_slug: "squad-aura", per_page: 1 });
    expect((await pages).map(({ login }) => login).sort()).toEqual(["bo", "runa"]);
  });

  test("teams and hidden members are for members", async () => {
    expect(logins(await octokit().orgs.listMembers(org))).toEqual(["runa"]);
    expect(logins(await octokit("strangers").orgs.listMembers(org))).toEqual(["runa"]);
    expect(logins(await octokit("bos").orgs.listMembers(org))).toEqual(["bo", "runa"]);
    expect(await refusal(octokit().teams.list(org))).toEqual([401, "Requires authentication"]);
    expect((await refusal(octokit("strangers").teams.list(org)))[0]).toBe(404);
    expect((await refusal(octokit("no-teams").teams.list(org)))[0]).toBe(403);
    await github.control("DELETE", "/organizations/lunar/members/bo");
    expect(logins(await octokit("runas").teams.listMembersInOrg({ ...org, team_slug: "squad-aura" }))).toEqual(["runa"]);
  });

  test("users have names, and addresses for those who have signed in", async () => {
    const runa = async (auth?: string) => (await octokit(auth).users.getByUsername({ username: "runa" })).data;
    expect(await runa("bos")).toMatchObject({ name: "Runa Holmvik", email: "runa@lunar.app" });
    expect(await runa()).toMatchObject({ name: "Runa Holmvik", email: null });
    expect((await octokit("bos").users.getAuthenticated()).data.login).toBe("bo");
    expect((await octokit().orgs.get(org)).data).toMatchObject({ name: "Lunar", public_repos: 2 });
  });
});

test.describe("the app", () => {
  const encoded = (part: object) => Buffer.from(JSON.stringify(part)).toString("base64url");

  async function token(claims: object = {}, header: object = { alg: "RS256", typ: "JWT" }) {
    const { id, private_key } = await github.control("GET", "/app");
    const now = Math.floor(Date.now() / 1000);
    const text = `${encoded(header)}.${encoded({ iat: now - 60, exp: now + 540, iss: id, ...claims })}`;
    return `${text}.${createSign("RSA-SHA256").update(text).sign(private_key, "base64url")}`;
  }

  test("shows itself to whoever has its key", async () => {
    const now = Math.floor(Date.now() / 1000);
    expect((await octokit(await token()).apps.getAuthenticated()).data!.slug).toBe("perilune-tests");
    const good = await token();
    const wrong = {
      "signed by another": `${good.slice(0, -8)}AAAAAAAA`,
      "not signed": await token({}, { alg: "none" }),
      "out of date": await token({ exp: now - 1 }),
      "for too long": await token({ exp: now + 3600 }),
      "of tomorrow": await token({ iat: now + 300 }),
      "no token": "nothing",
    };
    for (const [why, one] of Object.entries(wrong)) {
      expect((await get("/app", { authorization: `Bearer ${one}` })).status, why).toBe(401);
    }
    expect((await get("/app")).status).toBe(401);
    expect((await get("/app", { authorization: `Bearer ${await token({ iss: 1 })}` })).status).toBe(404);
    expect((await refusal(octokit(good).repos.get(WEB)))[0], "it reads nothing itself").toBe(401);
  });

  test("an installation's token sees its organisation, for a time", async () => {
    const app = octokit(await token());
    expect((await app.apps.listInstallations()).data).toHaveLength(1);
    const { id } = (await app.apps.getOrgInstallation({ org: "lunar" })).data;
    const { data } = await app.apps.createInstallationAccessToken({ installation_id: id });
    expect(Date.parse(data.expires_at)).toBeGreaterThan(Date.now());
    const client = octokit(data.token);
    expect((await client.repos.get({ owner: "lunar", repo: "secret" })).data.private).toBe(true);
    expect((await client.apps.listReposAccessibleToInstallation()).data.total_count).toBe(3);
    expect((await client.teams.list({ org: "lunar" })).data).toHaveLength(3);
    expect((await refusal(client.users.getAuthenticated()))[0]).toBe(403);
    await github.control("POST", "/world", { settings: { installation_token_seconds: 0 } });
    const short = (await app.apps.createInstallationAccessToken({ installation_id: id })).data.token;
    expect(await refusal(octokit(short).repos.get(WEB))).toEqual([401, "Bad credentials"]);
  });

  test("a token may be for less", async () => {
    const app = octokit(await token());
    const { id } = (await app.apps.getOrgInstallation({ org: "lunar" })).data;
    const less = await app.apps.createInstallationAccessToken({ installation_id: id, repositories: ["web"], permissions: { metadata: "read" } });
    expect(less.data.repositories!.map(({ name }) => name)).toEqual(["web"]);
    const client = octokit(less.data.token);
    expect((await refusal(client.repos.get({ owner: "lunar", repo: "secret" })))[0]).toBe(404);
    expect((await refusal(client.repos.getContent({ ...WEB, path: "" })))[0]).toBe(403);
    expect((await refusal(client.teams.list({ org: "lunar" })))[0]).toBe(403);
    const more = app.apps.createInstallationAccessToken({ installation_id: id, permissions: { contents: "write" } });
    expect((await refusal(more))[0]).toBe(422);
  });
});

test.describe("limits and conditions", () => {
  test("what did not change is not sent again, and costs nothing", async () => {
    const auth = { authorization: "token runas" };
    for (const path of ["/repos/lunar/web", "/repos/lunar/web/contents/run.sh", "/repos/lunar/web/git/trees/main", "/orgs/lunar/repos", "/raw/lunar/web/main/run.sh"]) {
      const first = await get(path, auth);
      const etag = first.headers.get("etag")!;
      await first.text();
      const again = await get(path, { ...auth, "if-none-match": etag });
      expect([again.status, await again.text(), again.headers.get("etag")], path).toEqual([304, "", etag]);
      expect(again.headers.get("x-ratelimit-used"), path).toBe(first.headers.get("x-ratelimit-used"));
      expect((await get(path, { ...auth, "if-none-match": 'W/"other"' })).status).toBe(200);
    }
    const modified = (await get("/repos/lunar/web", auth)).headers.get("last-modified")!;
    expect((await get("/repos/lunar/web", { ...auth, "if-modified-since": modified })).status).toBe(304);
    const etag = (await get("/repos/lunar/web/contents/run.sh", auth)).headers.get("etag")!;
    await commit([{ path: "run.sh", content: "new" }]);
    expect((await get("/repos/lunar/web/contents/run.sh", { ...auth, "if-none-match": etag })).status).toBe(200);
  });

  test("who asks too often waits", async () => {
    await github.control("PUT", "/limits/user%20runa", { limit: 2, remaining: 2, reset_in: 100 });
    const ask = () => get("/repos/lunar/web", { authorization: "Bearer runas" });
    expect((await ask()).headers.get("x-ratelimit-remaining")).toBe("1");
    await ask();
    const refused = await ask();
    expect(refused.status).toBe(403);
    expect((await refused.json()).message).toContain("API rate limit exceeded for user ID");
    const headers = Object.fromEntries(refused.headers);
    expect(headers).toMatchObject({ "x-ratelimit-limit": "2", "x-ratelimit-remaining": "0", "x-ratelimit-resource": "core" });
    expect(Number(headers["x-ratelimit-reset"]) - Date.now() / 1000).toBeGreaterThan(90);
    const { data } = await octokit("runas").rateLimit.get();
    expect(data.rate).toMatchObject({ limit: 2, remaining: 0 });
    expect((await get("/repos/lunar/web")).headers.get("x-ratelimit-limit"), "others have theirs").toBe("60");
    await github.control("PUT", "/limits/user%20runa", { limit: 2, remaining: 0, reset_in: 0 });
    expect((await ask()).status, "after the hour it begins anew").toBe(200);
  });

  test("failures come where and as often as they were ordered", async () => {
    const order = (mode: object) => github.control("POST", "/modes", mode);
    await order({ operation: "repos/get", limit: "secondary", retry_after: 7, times: 1 });
    const limited = await get("/repos/lunar/web");
    expect([limited.status, limited.headers.get("retry-after")]).toEqual([403, "7"]);
    expect((await limited.json()).message).toContain("secondary rate limit");
    await order({ operation: "repos/get", limit: "primary", reset_in: 5, times: 1 });
    expect((await get("/repos/lunar/web")).headers.get("x-ratelimit-remaining")).toBe("0");
    await order({ operation: "repos/get", limit: "secondary", status: 429, retry_after: null, times: 1 });
    const other = await get("/repos/lunar/web");
    expect([other.status, other.headers.get("retry-after")]).toEqual([429, null]);
    expect((await get("/repos/lunar/web")).status, "and then no more").toBe(200);

    await order({ path: "/repos/*/contents/*", status: 500, skip: 1, times: 1 });
    const statuses = [];
    for (let time = 0; time < 3; time++) statuses.push((await get("/api/v3/repos/lunar/web/contents/run.sh")).status);
    expect(statuses).toEqual([200, 500, 200]);

    await order({ path: "/orgs/lunar", garbage: true, times: 1 });
    await expect((await get("/orgs/lunar")).json()).rejects.toThrow(SyntaxError);
    await order({ path: "/orgs/lunar", body: { login: 7 }, times: 1 });
    expect(await (await get("/orgs/lunar")).json()).toEqual({ login: 7 });
    await order({ path: "/orgs/lunar", drop: 10, times: 1 });
    await expect(get("/orgs/lunar").then((answer) => answer.text())).rejects.toThrow();
    await order({ path: "/orgs/lunar", drop: true, times: 1 });
    await expect(get("/orgs/lunar")).rejects.toThrow();
    await order({ path: "/orgs/lunar", delay: 60_000 });
    await expect(fetch(`${github.address}/orgs/lunar`, { signal: AbortSignal.timeout(200) })).rejects.toThrow(/timeout/);
    await github.control("DELETE", "/modes");
    expect((await get("/orgs/lunar")).status).toBe(200);
  });

  test("every question is counted, by what was asked and who asked", async () => {
    const first = await get("/repos/lunar/web", { authorization: "token runas" });
    await get("/repos/lunar/web", { authorization: "token runas", "if-none-match": first.headers.get("etag")! });
    await get("/repos/lunar/web");
    await get("/files/none");
    const { total, not_modified, operations } = await github.control("GET", "/counters");
    expect([total, not_modified]).toEqual([4, 1]);
    expect(operations["repos/get"]).toEqual({
      total: 3, not_modified: 1, statuses: { 200: 2, 304: 1 }, credentials: { "user runa": 2, "anonymous 127.0.0.1": 1 },
    });
    const asked = await github.control("GET", "/requests?operation=repos/get");
    expect(asked.map(({ authorization }: any) => authorization)).toEqual(["token runas", "token runas", undefined]);
    await github.control("DELETE", "/requests");
    expect((await github.control("GET", "/counters")).total).toBe(0);
  });

  test("a question without an agent, with a strange version, or in bad escapes is refused", async () => {
    expect((await fetch(`${github.address}/orgs/lunar`, { headers: { "user-agent": "" } })).status).toBe(403);
    expect((await get("/orgs/lunar", { "x-github-api-version": "1999-01-01" })).status).toBe(400);
    expect((await get("/repos/lunar/web/contents/%E0%A4%A")).status).toBe(400);
    expect((await get("/raw/lunar/web/main/%E0%A4%A")).status).toBe(400);
    expect((await get("/files/%E0%A4%A")).status).toBe(404);
    expect((await get("/nothing/of/the/kind")).status).toBe(404);
  });
});

test.describe("GitHub's description", () => {
  test("an answer that it does not allow is refused and kept", async () => {
    // GitHub shows the address of a page there.
    await github.control("PUT", "/repositories/lunar/web", { homepage: "not an address" });
    const answer = await get("/repos/lunar/web");
    expect(answer.status).toBe(500);
    expect((await answer.json()).message).toContain("/homepage");
    const [violation, ...more] = await github.control("GET", "/violations");
    expect(more).toEqual([]);
    expect(violation).toMatchObject({ operation: "repos/get", status: 200 });
    await github.control("POST", "/reset");
  });

  test("what GitHub answers and the stand-in does not is said to be so", async () => {
    const answer = await get("/repos/lunar/web/languages");
    expect([answer.status, (await answer.json()).message]).toEqual([501, "the stand-in does not answer repos/list-languages"]);
    const write = octokit("runas").repos.createOrUpdateFileContents({ ...WEB, path: "a/b", message: "", content: "" });
    expect((await refusal(write))[0]).toBe(501);
    expect(await github.control("GET", "/violations")).toHaveLength(2);
    await github.control("POST", "/reset");
  });
});

test.describe("webhooks", () => {
  const secret = "it is a secret";
  const received: { headers: IncomingHttpHeaders; body: string }[] = [];
  const receiver = createServer(async (request, response) => {
    let body = "";
    for await (const chunk of request) body += chunk;
    received.push({ headers: request.headers, body });
    response.writeHead(202).end("taken");
  });
  let target: string;

  test.beforeAll(async () => {
    await new Promise<void>((next) => receiver.listen(0, "127.0.0.1", next));
    target = `http://127.0.0.1:${(receiver.address() as AddressInfo).port}/hook`;
  });
  test.afterAll(() => void receiver.close());

  async function send(hook: object) {
    const sent = await github.control("POST", "/webhooks", { target, secret, sender: "runa", ...hook });
    expect(sent.answer).toMatchObject({ status: 202, body: "taken" });
    const { headers, body } = received.pop()!;
    return { headers, body, payload: JSON.parse(body), sent };
  }

  test("a push tells the commits and what they changed, and is signed", async () => {
    const first = await commit([{ path: "new", content: "1" }], { author: { login: "runa" }, message: "One" });
    const second = await commit([{ path: "run.sh", content: "2" }, { path: "new", delete: true }], { message: "Two" });
    const { headers, body, payload } = await send({ event: "push", repository: "lunar/web", before: first.before });
    expect(headers).toMatchObject({ "x-github-event": "push", "content-type": "application/json" });
    expect(headers["x-github-delivery"]).toMatch(/^[0-9a-f-]{36}$/);
    expect(await verify(secret, body, headers["x-hub-signature-256"] as string)).toBe(true);
    expect(await verify("another", body, headers["x-hub-signature-256"] as string)).toBe(false);
    expect(payload).toMatchObject({
      ref: "refs/heads/main", before: first.before, after: second.sha, created: false, deleted: false,
      repository: { full_name: "lunar/web", default_branch: "main" },
      organization: { login: "lunar" },
      commits: [
        { id: first.sha, added: ["new"], removed: [], modified: [], author: { username: "runa" } },
        { id: second.sha, added: [], removed: ["new"], modified: ["run.sh"] },
      ],
      head_commit: { id: second.sha },
    });
    expect(body).not.toMatch(/Codertocat|Octocoders/);
  });

  test("a signature may be wrong or missing, and a delivery repeated", async () => {
    const hook = { event: "ping", organization: "lunar" };
    const wrong = await send({ ...hook, signature: "wrong" });
    expect(await verify(secret, wrong.body, wrong.headers["x-hub-signature-256"] as string)).toBe(false);
    expect((await send({ ...hook, signature: "none" })).headers["x-hub-signature-256"]).toBeUndefined();
    const again = await send({ ...hook, delivery: wrong.sent.delivery });
    expect(again.headers["x-github-delivery"]).toBe(wrong.headers["x-github-delivery"]);
    expect((await send({ ...hook, overrides: { zen: "Quiet.", hook: { active: false } } })).payload).toMatchObject({
      zen: "Quiet.", hook: { active: false, type: "Organization" },
    });
  });

  const about = { repository: "lunar/web", organization: "lunar" };
  const people = { organization: "lunar", team: "squad-aura", member: "bo" };
  const all: [string, string[], object][] = [
    ["repository", ["created", "archived", "unarchived", "deleted", "edited", "privatized", "publicized", "renamed", "transferred"], about],
    ["team", ["created", "deleted", "edited"], { organization: "lunar", team: "squad-aura" }],
    ["team", ["added_to_repository", "removed_from_repository"], { ...about, team: "squad-aura" }],
    ["membership", ["added", "removed"], people],
    ["organization", ["member_added", "member_removed", "deleted"], { organization: "lunar", member: "bo" }],
  ];
  for (const [event, actions, subjects] of all) {
    test(`${event} ${actions.join(", ")} are told of this world`, async () => {
      for (const action of actions) {
        const { headers, payload, body } = await send({ event, action, ...subjects });
        expect(headers["x-github-event"]).toBe(event);
        expect(payload).toMatchObject({ action, organization: { login: "lunar" }, sender: { login: "runa" } });
        if ("repository" in subjects) expect(payload.repository.full_name).toBe("lunar/web");
        if ("team" in subjects) expect(payload.team.slug).toBe("squad-aura");
        if (event === "membership") expect(payload.member.login).toBe("bo");
        expect(payload.installation.id, "the app is installed").toBeGreaterThan(0);
        expect(await verify(secret, body, headers["x-hub-signature-256"] as string)).toBe(true);
      }
    });
  }
});

test.describe("files of a host that is not GitHub", () => {
  test("are served, compared and forgotten", async () => {
    await github.control("PUT", "/files/a/file.yaml", { body: "kind: X", type: "application/yaml", authorization: "Bearer key" });
    expect((await get("/files/a/file.yaml")).status).toBe(401);
    const auth = { authorization: "Bearer key" };
    const file = await get("/files/a/file.yaml", auth);
    expect([await file.text(), file.headers.get("content-type")]).toEqual(["kind: X", "application/yaml"]);
    expect((await get("/files/a/file.yaml", { ...auth, "if-none-match": file.headers.get("etag")! })).status).toBe(304);
    await github.control("DELETE", "/files/a/file.yaml");
    expect((await get("/files/a/file.yaml", auth)).status).toBe(404);
  });

  test("lead elsewhere, round in circles or a few steps on", async () => {
    const to = "http://10.0.0.1/secret";
    const away = await get(`/files/x?redirect=${encodeURIComponent(to)}`);
    expect([away.status, away.headers.get("location")]).toEqual([302, to]);
    await expect(fetch(`${github.address}/files/x?loop=1`)).rejects.toThrow();
    await github.control("PUT", "/files/end", { body: "there" });
    expect(await (await fetch(`${github.address}/files/end?hops=3`)).text()).toBe("there");
  });

  test("are large, endless, short, broken or a bomb", async () => {
    const large = await get("/files/x?size=10485760");
    expect((await large.arrayBuffer()).byteLength).toBe(10 * 1024 * 1024);
    await expect(get("/files/x?size=10&declared=20").then((answer) => answer.text())).rejects.toThrow();
    await expect(get("/files/x?size=1000&drop=10").then((answer) => answer.text())).rejects.toThrow();
    expect(await (await get("/files/x?size=100&slow=5")).text()).toHaveLength(100);
    const bomb = await get("/files/x?gzip=50000000");
    expect(bomb.headers.get("content-encoding")).toBe("gzip");
    expect((await bomb.arrayBuffer()).byteLength).toBe(50_000_000);
    const endless = await get("/files/x?endless=1");
    const reader = endless.body!.getReader();
    let size = 0;
    while (size < 20_000_000) size += (await reader.read()).value!.length;
    await reader.cancel();
    expect((await get("/orgs/lunar")).status, "others are served").toBe(200);
  });
});

test.describe("the control interface", () => {
  test("is not for pages, and says what it does not know", async () => {
    const control = (path: string, headers = {}) => fetch(`${github.address}/_control${path}`, { headers });
    expect((await control("/counters", { origin: "http://127.0.0.1" })).status).toBe(403);
    expect((await control("/nothing")).status).toBe(404);
    await expect(github.control("DELETE", "/repositories/lunar/none")).rejects.toThrow("there is no repository lunar/none");
    await expect(commit([{ path: "none", delete: true }])).rejects.toThrow("there is no none to delete");
    await expect(github.control("POST", "/modes", { limit: "tertiary" })).rejects.toThrow("no such limit: tertiary");
    await expect(github.control("POST", "/world", { settings: { sites: 1 } })).rejects.toThrow("no such setting");
  });

  test("a thousand repositories are loaded and listed", async () => {
    const root = mkdtempSync(join(tmpdir(), "perilune-github-"));
    for (let number = 0; number < 1000; number++) {
      const folder = join(root, "large", `service-${number}`);
      mkdirSync(folder, { recursive: true });
      writeFileSync(join(folder, "catalog-info.yaml"), `metadata: { name: service-${number} }\n`);
    }
    const loaded = await github.control("POST", "/load", { directory: root });
    expect(loaded).toHaveLength(1000);
    const all = await octokit("runas").paginate("GET /orgs/{org}/repos", { org: "large", per_page: 100 });
    expect(all).toHaveLength(1000);
    rmSync(root, { recursive: true });
  });
});
