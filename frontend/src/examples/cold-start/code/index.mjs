import { randomUUID } from 'node:crypto';
import { existsSync, writeFileSync } from 'node:fs';

// All of this runs in the init phase: once for each execution environment, before the first event.
// Test twice, and it has not run again. Press Start cold, and everything begins anew.
const environment = randomUUID();
const startedAt = Date.now();
let invocations = 0;
console.log('Init: connections, clients and caches belong here');

export const handler = async () => {
  invocations += 1;

  // Files in /tmp stay as long as the environment does, like globals.
  const note = '/tmp/note.txt';
  const noteWasThere = existsSync(note);
  writeFileSync(note, `Invocation ${invocations}`);

  return {
    coldStart: invocations === 1,
    invocations,
    noteWasThere,
    environment,
    environmentAgeMs: Date.now() - startedAt,
  };
};
