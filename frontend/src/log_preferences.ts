/** How somebody likes logs to be shown, kept in the browser. */

import { keep, ofBrowser, read } from './browser_storage';

export interface LogPreferences {
  times: boolean;
  wrap: boolean;
}

const KEY = 'playground.logs';

/** The preferences in a stored text; what it does not say, or says in another form, is on. */
export function parsePreferences(text: string | null): LogPreferences {
  try {
    const stored = JSON.parse(text ?? '{}') as Partial<LogPreferences> | null;
    return { times: stored?.times !== false, wrap: stored?.wrap !== false };
  } catch {
    return { times: true, wrap: true };
  }
}

export const loadPreferences = (): LogPreferences => parsePreferences(read(ofBrowser(), KEY));
export const savePreferences = (preferences: LogPreferences): void =>
  void keep(ofBrowser(), KEY, preferences);
