// The stand-in: a world, what is asked of it, and what it answers.
import { Journal } from "./http/journal.mjs";
import { Limits } from "./http/limits.mjs";
import { Modes } from "./http/modes.mjs";
import { parsed } from "./http/address.mjs";
import { json, send } from "./http/answer.mjs";
import { files } from "./http/files.mjs";
import { raw } from "./http/raw.mjs";
import { rest } from "./http/rest.mjs";
import { control, isControl } from "./control/control.mjs";
import { World } from "./world/world.mjs";

export class Stand {
  constructor() {
    this.reset();
  }

  reset() {
    this.world = new World();
    this.journal = new Journal();
    this.limits = new Limits();
    this.modes = new Modes();
    /** Of the host that is not GitHub. */
    this.files = new Map();
  }
}

/** Counted before the answer is out: who has it finds it counted. */
function noted(stand, request, { operation, credential }, status) {
  const { authorization, accept, "if-none-match": if_none_match, "user-agent": user_agent } = request.headers;
  const { method, url } = request;
  stand.journal.add({ operation, credential, status, method, url, authorization, accept, if_none_match, user_agent });
}

/** What this host says is decided while it is said. */
async function askedFiles(stand, request, response, address) {
  const writeHead = response.writeHead.bind(response);
  const told = { operation: "files", credential: request.headers.authorization ? "sent" : "none" };
  response.writeHead = (status, headers) => {
    noted(stand, request, told, status);
    return writeHead(status, headers);
  };
  await files(stand, request, response, address);
}

async function asked(stand, request, response, address) {
  if (address.path.startsWith("/files/")) return askedFiles(stand, request, response, address);
  const ask = address.path.startsWith("/raw/") ? raw : rest;
  const { answer, mode, ...told } = await ask(stand, request, address);
  const dropped = mode?.drop === true;
  noted(stand, request, told, dropped ? 0 : answer.status);
  if (dropped) return response.destroy();
  return send(request, response, answer, mode);
}

export function listener(stand) {
  return async (request, response) => {
    const address = parsed(request);
    try {
      if (isControl(address.path)) await control(stand, request, response, address);
      else await asked(stand, request, response, address);
    } catch (error) {
      console.error(error);
      stand.journal.violations.push({ path: address.path, violations: [String(error.stack)] });
      if (response.headersSent) response.destroy();
      else await send(request, response, json(500, { message: String(error) }));
    }
  };
}
