// What the release does over HTTP, with wrk, beside a server that does nothing. Prints figures.
// usage: bench-http.mjs BENCH (the compiled bench of the crate `catalog`) [SIZE…]
import { execFileSync, spawn } from "node:child_process";
import { once } from "node:events";
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";

const [bench, ...given] = process.argv.slice(2);
const sizes = given.length > 0 ? given.map(Number) : [10_000, 50_000];
const seconds = Number(process.env.PERILUNE_BENCH_SECONDS ?? 5);
const binary = resolve("target/release/perilune");

const config = `backend:
  listen: 127.0.0.1:0
  auth: { dangerouslyDisableDefaultAuthPolicy: true }
  database: { client: sqlite, connection: { filename: ./portal.db } }
catalog:
  rules: [{ allow: [Component, API, Resource, User, System, Group, Domain] }]
  locations: [{ type: file, target: ./catalog }]
`;

const list = "/api/catalog/entities/by-query?filter=kind=component&orderField=metadata.name&limit=20";
const questions = {
  "by-query, 20 components by name": list,
  "the same, in the middle": `${list}&offset=`,
  "the same, with full text": `${list}&fullTextFilterTerm=gateway`,
  "facets kind + type + owner": "/api/catalog/entity-facets?facet=kind&facet=spec.type&facet=relations.ownedBy",
  "by-name": "/api/catalog/entities/by-name/component/default/payments-gateway-0",
  "all components": "/api/catalog/entities?filter=kind=component",
  "/healthz": "/healthz",
};

async function addressOf(program) {
  let output = "";
  for await (const chunk of program.stdout) {
    output += chunk;
    const found = /at (http:\/\/\S+)/.exec(output);
    if (found) return found[1];
  }
  throw new Error(`it ended before it listened: ${output}`);
}

/** Starts the portal; how long it took until it was ready. */
async function start(folder) {
  const before = performance.now();
  const portal = spawn(binary, ["serve", "--config", "app-config.yaml"], {
    cwd: folder,
    env: { ...process.env, RUST_LOG: "error" },
    stdio: ["ignore", "pipe", "inherit"],
  });
  const address = await addressOf(portal);
  while (!(await fetch(`${address}/readyz`)).ok) await new Promise((next) => setTimeout(next, 5));
  return { portal, address, took: performance.now() - before };
}

async function stop(portal) {
  const ended = once(portal, "exit");
  portal.kill("SIGTERM");
  await ended;
}

/** After a start the files are read again: until the process has nothing more to do. */
async function settle(portal) {
  const used = () => {
    const fields = readFileSync(`/proc/${portal.pid}/stat`, "utf8").split(") ")[1].split(" ");
    return Number(fields[11]) + Number(fields[12]);
  };
  for (let before = -1, now = used(); now - before > 2; ) {
    before = now;
    await new Promise((next) => setTimeout(next, 1000));
    now = used();
  }
}

function memory(portal, name) {
  const status = readFileSync(`/proc/${portal.pid}/status`, "utf8");
  return (Number(new RegExp(`${name}:\\s+(\\d+)`).exec(status)[1]) * 1.024) / 1000;
}

const UNITS = { us: 0.001, ms: 1, s: 1000 };

/** Requests a second and the 99th percentile in milliseconds. */
function load(url, connections) {
  const out = execFileSync("wrk", ["-t1", `-c${connections}`, `-d${seconds}s`, "--latency", url], { encoding: "utf8" });
  if (/Non-2xx|Socket errors/.test(out)) throw new Error(`${url}\n${out}`);
  const [, rate] = /Requests\/sec:\s+([\d.]+)/.exec(out);
  const [, time, unit] = /99%\s+([\d.]+)(us|ms|s)/.exec(out);
  return { rate: Number(rate), p99: Number(time) * UNITS[unit] };
}

async function floor(bytes) {
  const program = spawn(bench, ["floor", String(bytes)], { stdio: ["ignore", "pipe", "inherit"] });
  return { program, address: await addressOf(program) };
}

const number = (value, digits = 0) =>
  value.toLocaleString("en", { minimumFractionDigits: digits, maximumFractionDigits: digits });

function row(name, bytes, one, many, share) {
  const cells = [one, many].map(({ rate, p99 }) => `${number(rate).padStart(8)} ${number(p99, 1).padStart(8)}`);
  console.log(`  ${name.padEnd(34)}${number(bytes).padStart(12)} ${cells.join(" ")}  ${share}`);
}

async function measure(size) {
  const folder = mkdtempSync(join(tmpdir(), "perilune-bench-"));
  try {
    execFileSync(bench, ["files", join(folder, "catalog"), String(size)]);
    writeFileSync(join(folder, "app-config.yaml"), config);
    console.log(`\n${number(size)} entities`);
    const first = await start(folder);
    console.log(`  empty database, files: ready in ${number(first.took)} ms, ${number((size / first.took) * 1000)} entities/s`);
    console.log(`  at most ${number(memory(first.portal, "VmHWM"))} MB`);
    await stop(first.portal);

    const { portal, address, took } = await start(folder);
    console.log(`  full database: ready in ${number(took)} ms`);
    await settle(portal);
    console.log(`  ${number(memory(portal, "VmRSS"))} MB resident, at most ${number(memory(portal, "VmHWM"))} MB so far`);
    console.log(`\n  ${"".padEnd(34)}${"bytes".padStart(12)}    1: req/s  p99 ms  16: req/s  p99 ms  of a static body`);
    for (const [name, path] of Object.entries(questions)) {
      const url = address + (path.endsWith("offset=") ? `${path}${Math.floor(size / 4)}` : path);
      const body = await (await fetch(url)).arrayBuffer();
      // The full list is asked of few, once.
      const [one, many] = [load(url, 1), load(url, 16)];
      const still = await floor(body.byteLength);
      const [least, most] = [load(still.address, 1), load(still.address, 16)];
      still.program.kill();
      const share = `${number((one.rate / least.rate) * 100)} % / ${number((many.rate / most.rate) * 100)} %`;
      row(name, body.byteLength, one, many, `${share} of ${number(least.rate)} / ${number(most.rate)}`);
    }
    console.log(`  ${number(memory(portal, "VmRSS"))} MB resident afterwards, at most ${number(memory(portal, "VmHWM"))} MB`);
    await stop(portal);
  } finally {
    rmSync(folder, { recursive: true });
  }
}

for (const size of sizes) await measure(size);
