/** What a person has typed, kept in the browser so that it survives a reload. */

export interface Draft {
  files: { path: string; text: string }[];
  open: number;
  handler: string;
  environment: { key: string; value: string }[];
  memory: string;
  timeout: string;
  event: string;
}

const DRAFT = 'playground.draft.1';
const LAST_RUN = 'playground.last-run';

const isText = (value: unknown): value is string => typeof value === 'string';
const all = (value: unknown, keys: string[]): boolean =>
  Array.isArray(value) &&
  value.every(
    (entry) => typeof entry === 'object' && entry !== null && keys.every((key) => isText(entry[key])),
  );

/** The draft in a stored text, or null if it is none: another version of the page may have written it. */
export function parseDraft(text: string | null): Draft | null {
  if (text === null) return null;
  try {
    const draft = JSON.parse(text) as Draft;
    const whole =
      all(draft.files, ['path', 'text']) &&
      draft.files.length > 0 &&
      all(draft.environment, ['key', 'value']) &&
      [draft.handler, draft.memory, draft.timeout, draft.event].every(isText);
    if (!whole) return null;
    const open = Number.isInteger(draft.open) && draft.open in draft.files ? draft.open : 0;
    return { ...draft, open };
  } catch {
    return null;
  }
}

// A browser may forbid storage or have none left; then work is kept in the page alone.
function quietly<T>(action: () => T): T | null {
  try {
    return action();
  } catch {
    return null;
  }
}

export const loadDraft = (): Draft | null => parseDraft(quietly(() => localStorage.getItem(DRAFT)));
export const forgetDraft = (): void => void quietly(() => localStorage.removeItem(DRAFT));
export const saveDraft = (draft: Draft): void =>
  void quietly(() => localStorage.setItem(DRAFT, JSON.stringify(draft)));

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

export const lastRun = (): LastRun | null => parseLastRun(quietly(() => sessionStorage.getItem(LAST_RUN)));
export const rememberRun = (last: LastRun): void =>
  void quietly(() => sessionStorage.setItem(LAST_RUN, JSON.stringify(last)));
export const forgetRun = (): void => void quietly(() => sessionStorage.removeItem(LAST_RUN));
