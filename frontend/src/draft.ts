/** What a person has typed, kept in the browser so that it survives a reload. */

import { forget, keep, ofTab, read } from './browser_storage';
import type { TemplateUse, TestEvent } from './events/saved_events';
import type { DraftOrigin } from './snippet/save_state';

export interface Draft {
  files: { path: string; text: string }[];
  open: number;
  /** Paths of the files that are open in tabs. */
  tabs: string[];
  handler: string;
  environment: { key: string; value: string }[];
  memory: string;
  timeout: string;
  ephemeralStorage: string;
  events: TestEvent[];
  /** Index of the event that a test sends. */
  chosenEvent: number;
  /** The snippet that it is the $LATEST of; none where it was never saved. */
  snippet?: DraftOrigin;
}

const LAST_RUN = 'playground.last-run';

const isText = (value: unknown): value is string => typeof value === 'string';
const isIndex = (value: unknown, list: unknown[]): value is number =>
  Number.isInteger(value) && (value as number) in list;
const all = (value: unknown, keys: string[]): boolean =>
  Array.isArray(value) &&
  value.every(
    (entry) => typeof entry === 'object' && entry !== null && keys.every((key) => isText(entry[key])),
  );

function isTemplateUse(value: unknown): value is TemplateUse {
  const use = value as TemplateUse | null | undefined;
  return (
    isText(use?.id) &&
    typeof use.fields === 'object' &&
    use.fields !== null &&
    Object.values(use.fields).every(isText)
  );
}

/** The draft in a stored text, or null if it is none: another version of the page may have written it. */
export function parseDraft(text: string | null): Draft | null {
  if (text === null) return null;
  try {
    const { event, snippet, ...draft } = JSON.parse(text) as Draft & { event?: unknown };
    // There was one event without a name once.
    if (isText(event)) draft.events = [{ name: 'event', text: event, template: null }];
    const whole =
      all(draft.files, ['path', 'text']) &&
      draft.files.length > 0 &&
      all(draft.environment, ['key', 'value']) &&
      all(draft.events, ['name', 'text']) &&
      draft.events.length > 0 &&
      [draft.handler, draft.memory, draft.timeout].every(isText);
    if (!whole) return null;
    return {
      ...draft,
      ephemeralStorage: isText(draft.ephemeralStorage) ? draft.ephemeralStorage : '512',
      // Every file had a tab once.
      tabs: Array.isArray(draft.tabs) ? draft.tabs.filter(isText) : draft.files.map(({ path }) => path),
      open: isIndex(draft.open, draft.files) ? draft.open : 0,
      chosenEvent: isIndex(draft.chosenEvent, draft.events) ? draft.chosenEvent : 0,
      events: draft.events.map(({ name, text, template, expected }) => ({
        name,
        text,
        template: isTemplateUse(template) ? template : null,
        ...(isText(expected) && { expected }),
      })),
      ...(isText(snippet?.id) && isText(snippet.revision) && { snippet }),
    };
  } catch {
    return null;
  }
}

/** The invocation this tab followed last: a reload finds it again. */
export interface LastRun {
  id: string;
  /** ISO time of its acceptance, on the service's clock. */
  created: string | null;
  /** When it was asked for, in ms since the epoch on the browser's clock. */
  clickedAt: number;
  /** Time from click to answer in ms, null until it is known. */
  elapsed: number | null;
}

/** The last run in a stored text, or null if there is none: another version of the page may have written it. */
export function parseLastRun(text: string | null): LastRun | null {
  try {
    const last = JSON.parse(text ?? 'null') as LastRun | null;
    return isText(last?.id) && typeof last.clickedAt === 'number' ? last : null;
  } catch {
    return null;
  }
}

export const lastRun = (): LastRun | null => parseLastRun(read(ofTab(), LAST_RUN));
export const rememberRun = (last: LastRun): void => void keep(ofTab(), LAST_RUN, last);
export const forgetRun = (): void => forget(ofTab(), LAST_RUN);
