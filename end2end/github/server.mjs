// usage: node server.mjs [--port 0] [--load directory]
// Says where it is in its first line, and ends when its input closes or somebody ends it.
import { fstatSync } from "node:fs";
import { createServer } from "node:http";
import { parseArgs } from "node:util";
import { load } from "./world/directory.mjs";
import { Stand, listener } from "./stand.mjs";

const { values } = parseArgs({ options: { port: { type: "string", default: "0" }, load: { type: "string" } } });

const stand = new Stand();
if (values.load) load(stand.world, values.load);

const server = createServer(listener(stand));
// Nothing here is slow but what is asked to be.
server.requestTimeout = 0;
server.listen(Number(values.port), "127.0.0.1", () => {
  console.log(`github at http://127.0.0.1:${server.address().port}`);
});

function end() {
  server.close(() => process.exit(0));
  server.closeAllConnections();
}

process.on("SIGTERM", end);
process.on("SIGINT", end);

/** Input from nowhere is at its end from the start, and says nothing about who started this. */
const input = fstatSync(0);
if (input.isFIFO() || input.isSocket()) process.stdin.on("close", end).resume();
