/** Work for tests of exports. */

import type { Draft } from '../draft';

export const draft = (changes: Partial<Draft> = {}): Draft => ({
  files: [{ path: 'index.js', text: "exports.handler = async () => 'hello';\n" }],
  open: 0,
  tabs: ['index.js'],
  handler: 'index.handler',
  environment: [],
  memory: '256',
  timeout: '5',
  ephemeralStorage: '512',
  events: [{ name: 'event', text: '{}', template: null }],
  chosenEvent: 0,
  ...changes,
});
