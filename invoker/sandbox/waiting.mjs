// Node.js and the runtime client, up before there is a function for them. Everything that is loaded here is what
// the runtime loads for every function; nothing of it looks at the environment before `run` is called.
import { createRequire } from "node:module";

// Not imported: that reads every property of a module, and some load others (10 MB with node:http's WebSocket).
const require = createRequire(import.meta.url);
const fs = require("node:fs");
require("node:http");

const CLIENT = "/var/runtime/node_modules/aws-lambda-ric/dist/";
const RUNTIME = "/var/runtime/index.mjs";

if (fs.existsSync(CLIENT)) {
  await import(CLIENT + "index.mjs");
  createRequire(CLIENT)("./rapid-client.node");
}

const { environment, start, sourceMaps } = waitForRelease();
if (start) process.execve("/bin/sh", ["sh", start], {});
for (const name of Object.keys(process.env)) delete process.env[name];
Object.assign(process.env, environment);
if (sourceMaps) process.setSourceMapsEnabled(true);
process.argv[1] = RUNTIME;
await import(RUNTIME);

// Reads without giving control back: no timer and no thread of ours is left to the function.
function waitForRelease() {
  const waiting = fs.openSync("/run/invoker/waiting", "w");
  const release = fs.openSync("/run/invoker/release", "r");
  fs.writeSync(waiting, ".");
  fs.closeSync(waiting);
  const pieces = [];
  const piece = Buffer.alloc(65_536);
  do {
    const bytes = fs.readSync(release, piece);
    // The engine that held the other end is gone, and nobody else will ever ask.
    if (bytes === 0) process.exit(1);
    pieces.push(Buffer.from(piece.subarray(0, bytes)));
  } while (pieces.at(-1).at(-1) !== 10);
  fs.closeSync(release);
  return JSON.parse(Buffer.concat(pieces).toString());
}
