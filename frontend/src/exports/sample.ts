/** Work for tests of exports. */

import type { Limits } from '../contract';
import type { Draft } from '../draft';
import { type ExportedFunction, exportedFunction, openVariables } from './exported_function';

export const LIMITS: Limits = {
  memory_size_min: 128,
  memory_size_max: 10240,
  timeout_min: 1,
  timeout_max: 900,
  ephemeral_storage_min: 512,
  ephemeral_storage_max: 10240,
  environment_bytes_max: 4096,
  handler_length_max: 128,
  event_bytes_max: 6291456,
  reserved_environment_variables: ['AWS_REGION'],
};

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

export const exported = (changes: Partial<Draft> = {}, name = 'hello'): ExportedFunction =>
  exportedFunction(draft(changes), name, openVariables(draft(changes)));
