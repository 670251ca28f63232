// The local stand-in for GitHub as a test uses it: started, told what there is, asked what it was asked.
import { spawn } from "node:child_process";
import { once } from "node:events";
import { join } from "node:path";
import { createInterface } from "node:readline";

const program = join(import.meta.dirname, "github/server.mjs");

export interface GitHub {
  address: string;
  /** A question of the control interface; `github/README.md` has them. */
  control: (method: string, path: string, body?: unknown) => Promise<any>;
  stop: () => Promise<number | null>;
}

export async function startGitHub(...parameters: string[]): Promise<GitHub> {
  // Its input is a pipe of ours: it ends when we do, whatever happens.
  const child = spawn(process.execPath, [program, ...parameters], { stdio: ["pipe", "pipe", "inherit"] });
  const [line] = await Promise.race([
    once(createInterface(child.stdout), "line"),
    once(child, "exit").then(([code]) => Promise.reject(new Error(`the stand-in ended with ${code}`))),
  ]);
  const address = /^github at (http:\S+)$/.exec(line)![1];
  return {
    address,
    control: async (method, path, body) => {
      const answer = await fetch(`${address}/_control${path}`, { method, body: body && JSON.stringify(body) });
      const text = await answer.text();
      if (!answer.ok) throw new Error(`${method} ${path}: ${text}`);
      return text ? JSON.parse(text) : undefined;
    },
    stop: async () => {
      const ended = once(child, "exit");
      child.stdin.end();
      return (await ended)[0];
    },
  };
}
