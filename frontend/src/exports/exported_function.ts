/** What every export begins with: a draft that Lambda would take, or why it would not. */

import type { Limits } from '../contract';
import type { Draft } from '../draft';
import { isBlank, variableFaults } from '../environment/variables';
import { looksSecret } from '../environment/secrets';
import { handlerFault, memoryFault, storageFault, timeoutFault, wholeNumber } from '../settings';
import { eventFiles } from './names';

export interface TextFile {
  path: string;
  text: string;
}

export interface ExportedFunction {
  /** A name that Lambda takes. */
  name: string;
  files: readonly TextFile[];
  handler: string;
  /** MB. */
  memory: number;
  /** Seconds. */
  timeout: number;
  /** MB. */
  ephemeralStorage: number;
  /** Variables whose values go along, in their order. */
  variables: readonly { key: string; value: string }[];
  /** Names of the variables whose values stay behind. */
  withheld: readonly string[];
  /** Test events, each with a file name of its own. */
  events: readonly TextFile[];
}

/** Names of the variables whose values go along unless somebody says otherwise. */
export const openVariables = (draft: Draft): string[] =>
  draft.environment.filter((row) => row.key !== '' && !looksSecret(row)).map(({ key }) => key);

/** Why a draft cannot be exported as a function, a sentence each. */
export function exportFaults(draft: Draft, limits: Limits): string[] {
  const rows = draft.environment.map((row, id) => ({ ...row, id }));
  return [
    handlerFault(draft.handler, limits),
    memoryFault(draft.memory, limits),
    timeoutFault(draft.timeout, limits),
    storageFault(draft.ephemeralStorage, limits),
    ...variableFaults(rows, limits).values(),
  ].filter((fault) => fault !== null);
}

/** A draft without `exportFaults` as what is exported. `open` names the variables whose values go along. */
export function exportedFunction(draft: Draft, name: string, open: readonly string[]): ExportedFunction {
  const rows = draft.environment.filter((row) => !isBlank({ ...row, id: 0 }));
  return {
    name,
    files: draft.files.map(({ path, text }) => ({ path, text: wellFormed(text) })),
    handler: draft.handler,
    memory: wholeNumber(draft.memory)!,
    timeout: wholeNumber(draft.timeout)!,
    ephemeralStorage: wholeNumber(draft.ephemeralStorage)!,
    variables: rows
      .filter(({ key }) => open.includes(key))
      .map(({ key, value }) => ({ key, value: wellFormed(value) })),
    withheld: rows.filter(({ key }) => !open.includes(key)).map(({ key }) => key),
    events: eventFiles(draft.events).map(({ path, text }) => ({ path, text: wellFormed(text) })),
  };
}

/** Half a surrogate pair, which no file can hold, becomes the sign for what cannot be read. */
const wellFormed = (text: string): string => new TextDecoder().decode(new TextEncoder().encode(text));
