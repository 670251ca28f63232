// A portal of its own for the tests: the release build, the demo organisation, an empty database.
import { type BrowserContext, type Page, test as base, expect } from "@playwright/test";
import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { randomUUID } from "node:crypto";
import { cp, mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";

const root = resolve(import.meta.dirname, "..");
export const binary = process.env.PERILUNE_BIN ?? join(root, "target/release/perilune");

export interface Running {
  address: string;
  /** Ends it, and fails the test if it does not end in order. */
  stop: () => Promise<void>;
}

/** Starts a portal in a folder and waits until its catalog is there. */
export async function start(program: string, folder: string, parameters: string[]): Promise<Running> {
  const [command, ...all] = [...unprivileged, program, "serve", ...parameters];
  const portal = spawn(command, all, { cwd: folder, stdio: ["ignore", "pipe", "inherit"] });
  const address = await addressOf(portal);
  await ready(address);
  const stop = async () => {
    const ended = once(portal, "exit");
    portal.kill("SIGTERM");
    const [code] = await ended;
    expect(code, "the portal stops in order").toBe(0);
  };
  return { address, stop };
}

/** Root reads every file; a portal that tests start has no such privilege. */
const unprivileged =
  process.getuid?.() === 0 ? ["setpriv", "--bounding-set=-dac_override,-dac_read_search"] : [];

const access = (token: string) => `backend:
  auth:
    externalAccess:
      - type: static
        options: { token: ${token}, subject: tests }
`;

async function addressOf(portal: ChildProcess): Promise<string> {
  let output = "";
  for await (const chunk of portal.stdout!) {
    output += chunk;
    const found = /at (http:\/\/\S+)/.exec(output);
    if (found) return found[1];
  }
  throw new Error(`the portal ended before it was there: ${output}`);
}

async function ready(address: string): Promise<void> {
  const deadline = Date.now() + 20_000;
  while (Date.now() < deadline) {
    const answer = await fetch(`${address}/readyz`);
    if (answer.ok) return;
    await new Promise((next) => setTimeout(next, 50));
  }
  throw new Error("the portal was not ready within 20 s");
}

interface Portal {
  address: string;
  /** Its own copy of the demo organisation, to edit. */
  demo: string;
  /** What a program sends that may do everything. */
  token: string;
}

interface Fixtures {
  /** What the browser may complain about, where a test asks for something that is not there. */
  tolerated: RegExp | undefined;
  /** Fails the test when the browser complained. */
  quiet: void;
  /** Another browser: its own cookies, the same portal. */
  another: () => Promise<Page>;
}

/** Without a script, the files that it would load are not used. */
const UNUSED = /was preloaded using link preload but not used/;

function listen(context: BrowserContext, complaints: string[], tolerated: RegExp[]): void {
  const complain = (text: string) => {
    if (!tolerated.some((known) => known.test(text))) complaints.push(text);
  };
  context.on("console", (line) => {
    if (["error", "warning"].includes(line.type())) complain(line.text());
  });
  context.on("weberror", (error) => complain(String(error.error())));
}

export const test = base.extend<Fixtures & { complaints: string[] }, { portal: Portal }>({
  tolerated: [undefined, { option: true }],
  portal: [
    async ({}, use) => {
      const folder = await mkdtemp(join(tmpdir(), "perilune-e2e-"));
      const demo = join(folder, "demo");
      await cp(join(root, "demo"), demo, { recursive: true });
      const token = randomUUID();
      const programs = join(folder, "programs.yaml");
      await writeFile(programs, access(token));
      // Not in the checkout: what it serves is what it carries.
      const portal = await start(binary, folder, [
        "--config", join(demo, "app-config.yaml"),
        "--config", programs,
        "--listen", "127.0.0.1:0",
        "--database", `sqlite:${join(folder, "portal.db")}`,
      ]);
      await use({ address: portal.address, demo, token });
      await portal.stop();
      await rm(folder, { recursive: true });
    },
    { scope: "worker" },
  ],
  baseURL: async ({ portal }, use) => use(portal.address),
  complaints: async ({}, use) => use([]),
  // Whatever the browser complains about fails the test.
  quiet: [
    async ({ context, complaints, tolerated, javaScriptEnabled }, use) => {
      const known = [...(tolerated ? [tolerated] : []), ...(javaScriptEnabled ? [] : [UNUSED])];
      listen(context, complaints, known);
      await use();
      expect(complaints).toEqual([]);
    },
    { auto: true },
  ],
  another: async ({ browser, baseURL, javaScriptEnabled, complaints }, use) => {
    const contexts: BrowserContext[] = [];
    await use(async () => {
      const context = await browser.newContext({ baseURL, javaScriptEnabled });
      listen(context, complaints, javaScriptEnabled ? [] : [UNUSED]);
      contexts.push(context);
      return context.newPage();
    });
    for (const context of contexts) await context.close();
  },
});

export { expect };
