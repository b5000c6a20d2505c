/** Which exercise this tab had open, so that what was typed last survives a reload. */

const OPENED = 'playground.workshop';

export interface Opened {
  token: string;
  exercise: string;
  /** Of the work that the editor's content was made on. */
  revision: number;
}

export function opened(token: string): Opened | null {
  try {
    const kept = JSON.parse(sessionStorage.getItem(OPENED) ?? 'null') as Opened | null;
    return kept?.token === token ? kept : null;
  } catch {
    return null;
  }
}

export function keepOpened(kept: Opened): void {
  try {
    sessionStorage.setItem(OPENED, JSON.stringify(kept));
  } catch {
    // A reload then shows what the service has.
  }
}
