/** Work that made room for an example, or for other work: kept in the browser, the newest first. */

import { keep, ofBrowser, read } from '../browser_storage';
import { type Draft, parseDraft } from '../draft';
import { sameWork } from './example';

export interface KeptWork {
  /** When it made room, in ms since the epoch. */
  at: number;
  draft: Draft;
}

export const KEPT_MAX = 10;
const KEY = 'playground.kept';

/** With a piece of work in front. The same work is there once; of more than ten the oldest goes. */
export function withWork(kept: readonly KeptWork[], draft: Draft, at: number): KeptWork[] {
  return [{ at, draft }, ...withoutWork(kept, draft)].slice(0, KEPT_MAX);
}

export const withoutWork = (kept: readonly KeptWork[], draft: Draft): KeptWork[] =>
  kept.filter((work) => !sameWork(work.draft, draft));

/** What a stored text holds; what cannot be read is left out. */
export function parseKept(text: string | null): KeptWork[] {
  try {
    const stored = JSON.parse(text ?? '[]') as { at: unknown; draft: unknown }[];
    return stored.flatMap(({ at, draft }) => {
      const read = parseDraft(JSON.stringify(draft));
      return read && typeof at === 'number' ? [{ at, draft: read }] : [];
    });
  } catch {
    return [];
  }
}

export const loadKept = (): KeptWork[] => parseKept(read(ofBrowser(), KEY));

/** false where the browser does not keep it: storage is forbidden, or full. */
export const saveKept = (kept: readonly KeptWork[]): boolean => keep(ofBrowser(), KEY, kept);
