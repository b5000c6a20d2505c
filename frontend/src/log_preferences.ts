/** How somebody likes logs to be shown, kept in the browser. */

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

// A browser may forbid storage; then the preferences last as long as the page.
export function loadPreferences(): LogPreferences {
  try {
    return parsePreferences(localStorage.getItem(KEY));
  } catch {
    return parsePreferences(null);
  }
}

export function savePreferences(preferences: LogPreferences): void {
  try {
    localStorage.setItem(KEY, JSON.stringify(preferences));
  } catch {
    return;
  }
}
