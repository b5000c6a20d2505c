/** What of the work goes along, and why it cannot be exported. */

import type { Limits } from '../contract';
import type { Draft } from '../draft';
import { variableFaults } from '../environment/variables';
import { looksSecret } from '../environment/secrets';
import { handlerFault, memoryFault, storageFault, timeoutFault } from '../settings';

/** Names of the variables whose values go along unless somebody says otherwise. */
export const openVariables = (draft: Draft): string[] =>
  draft.environment.filter((row) => row.key !== '' && !looksSecret(row)).map(({ key }) => key);

/** The variables as they leave the page: values that `open` does not name stay here. */
export const withoutOthers = (draft: Draft, open: readonly string[]): Draft['environment'] =>
  draft.environment.map(({ key, value }) => ({ key, value: open.includes(key) ? value : '' }));

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
