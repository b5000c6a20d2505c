/** What differs between two states of a snippet. Pure. */

import type { SnippetContent, StoredEvent } from './contract';

/** A text of both sides; null where one has none of it. */
export interface Change {
  name: string;
  before: string | null;
  after: string | null;
}

export interface Comparison {
  files: Change[];
  configuration: Change[];
  /** Values are nobody's to read over a shoulder: only what became of each. */
  variables: { name: string; became: 'added' | 'removed' | 'changed' }[];
  events: Change[];
}

const NOT_TEXT = '(not text)';

export function changes(before: Map<string, string>, after: Map<string, string>): Change[] {
  return [...new Set([...before.keys(), ...after.keys()])]
    .map((name) => ({ name, before: before.get(name) ?? null, after: after.get(name) ?? null }))
    .filter((change) => change.before !== change.after);
}

const filesOf = ({ files }: SnippetContent) =>
  new Map(Object.entries(files).map(([path, text]) => [path, text ?? NOT_TEXT]));

/** Handler, memory, timeout and storage in words. */
export const configurationOf = (content: SnippetContent): Map<string, string> =>
  new Map([
    ['Handler', content.handler],
    ['Memory', `${content.memory_size} MB`],
    ['Timeout', `${content.timeout} s`],
    ['Ephemeral storage', `${content.ephemeral_storage} MB`],
  ]);

function eventsOf(events: readonly StoredEvent[]): Map<string, string> {
  return new Map(
    events.flatMap(({ name, event, expected }): [string, string][] => [
      [name, event],
      ...(expected == null ? [] : [[`${name}: expected response`, expected] as [string, string]]),
    ]),
  );
}

export function compared(before: SnippetContent, after: SnippetContent): Comparison {
  const variables = changes(
    new Map(Object.entries(before.environment)),
    new Map(Object.entries(after.environment)),
  );
  return {
    files: changes(filesOf(before), filesOf(after)),
    configuration: changes(configurationOf(before), configurationOf(after)),
    variables: variables.map(({ name, before, after }) => ({
      name,
      became: before === null ? 'added' : after === null ? 'removed' : 'changed',
    })),
    events: changes(eventsOf(before.test_events), eventsOf(after.test_events)),
  };
}

export const isSame = (comparison: Comparison): boolean =>
  Object.values(comparison).every((part) => part.length === 0);
