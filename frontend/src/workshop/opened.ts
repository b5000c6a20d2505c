/** Which exercise this tab had open, so that what was typed last survives a reload. */

import { keep, ofTab, quietly, read } from '../browser_storage';

const OPENED = 'playground.workshop';

export interface Opened {
  token: string;
  exercise: string;
  /** Of the work that the editor's content was made on. */
  revision: number;
}

export function opened(token: string): Opened | null {
  const kept = quietly(() => JSON.parse(read(ofTab(), OPENED) ?? 'null') as Opened | null);
  return kept?.token === token ? kept : null;
}

export const keepOpened = (kept: Opened): void => void keep(ofTab(), OPENED, kept);
