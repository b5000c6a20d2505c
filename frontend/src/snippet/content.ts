/** A draft of the page as the service keeps it, and back. */

import type { Draft } from '../draft';
import { EMPTY } from '../events/saved_events';
import { isBlank } from '../environment/variables';
import { wholeNumber } from '../settings';
import type { SnippetContent, StoredEvent } from './contract';

const byName = <T>(values: Record<string, T>): [string, T][] =>
  Object.entries(values).sort(([one], [other]) => (one < other ? -1 : 1));

const kept = ({ name, event, expected, template }: StoredEvent) => [
  name,
  event,
  expected ?? null,
  template ? [template.id, byName(template.fields)] : null,
];

/** A text that is the same for the same content, in whatever order its names came. */
export function fingerprint(content: SnippetContent): string {
  const { files, handler, memory_size, timeout, ephemeral_storage, environment, test_events } = content;
  const figures = [memory_size, timeout, ephemeral_storage];
  return JSON.stringify([byName(files), handler, figures, byName(environment), test_events.map(kept)]);
}

function isUntouched({ events }: Draft): boolean {
  const [first, ...others] = events;
  if (!first || others.length > 0) return false;
  return first.name === EMPTY.name && first.text === EMPTY.text && first.expected === undefined;
}

/** The content of a draft, or the beginning of a sentence about what has to be done before it can be sent. */
export function contentOf(draft: Draft): SnippetContent | string {
  const rows = draft.environment.filter((row) => !isBlank({ ...row, id: 0 }));
  if (rows.some(({ key }) => key === '') || new Set(rows.map(({ key }) => key)).size < rows.length) {
    return 'Every environment variable needs a name of its own';
  }
  const figures = {
    Memory: draft.memory,
    Timeout: draft.timeout,
    'Ephemeral storage': draft.ephemeralStorage,
  };
  const wrong = Object.entries(figures).find(([, text]) => wholeNumber(text) === null);
  if (wrong) return `${wrong[0]} must be a whole number`;
  return {
    files: Object.fromEntries(draft.files.map(({ path, text }) => [path, text])),
    handler: draft.handler,
    memory_size: wholeNumber(draft.memory)!,
    timeout: wholeNumber(draft.timeout)!,
    ephemeral_storage: wholeNumber(draft.ephemeralStorage)!,
    environment: Object.fromEntries(rows.map(({ key, value }) => [key, value])),
    // What is there where nothing was said is no event of anybody's.
    test_events: (isUntouched(draft) ? [] : draft.events).map(({ name, text, expected, template }) => ({
      name,
      event: text,
      expected: expected ?? null,
      template,
    })),
  };
}

/** Files to edit. One that is not text cannot be edited and is left out. */
export function editableFiles(files: SnippetContent['files']): Draft['files'] {
  const editable = Object.entries(files).flatMap(([path, text]) => (text === null ? [] : [{ path, text }]));
  return editable.length > 0 ? editable : [{ path: 'index.mjs', text: '' }];
}

/** The fields that hold the figures of a function as text. */
export const figuresOf = (
  content: Pick<SnippetContent, 'memory_size' | 'timeout' | 'ephemeral_storage'>,
): Pick<Draft, 'memory' | 'timeout' | 'ephemeralStorage'> => ({
  memory: String(content.memory_size),
  timeout: String(content.timeout),
  ephemeralStorage: String(content.ephemeral_storage),
});

export const eventsOf = (events: readonly StoredEvent[]): Draft['events'] =>
  events.map(({ name, event, expected, template }) => ({
    name,
    text: event,
    template: template ?? null,
    ...(expected != null && { expected }),
  }));

/** The draft that shows a content. */
export function draftOf(content: SnippetContent, before?: Draft): Draft {
  const files = editableFiles(content.files);
  const paths = files.map(({ path }) => path);
  // What was in view stays in view, where it is still there.
  const shown = before?.files[before.open]?.path;
  const named = paths.findIndex((path) => path === shown);
  const entry = content.handler.split('.')[0]!;
  const open =
    named >= 0
      ? named
      : Math.max(
          0,
          paths.findIndex((path) => path.startsWith(`${entry}.`)),
        );
  const tabs = before?.tabs.filter((path) => paths.includes(path)) ?? [];
  const chosen = before?.events[before.chosenEvent]?.name;
  const events = eventsOf(content.test_events);
  return {
    files,
    open,
    tabs: tabs.length > 0 ? tabs : paths.slice(0, 12),
    handler: content.handler,
    environment: byName(content.environment).map(([key, value]) => ({ key, value })),
    ...figuresOf(content),
    events,
    chosenEvent: Math.max(
      0,
      events.findIndex(({ name }) => name === chosen),
    ),
  };
}
