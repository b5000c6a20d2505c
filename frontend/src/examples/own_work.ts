/** Work of this browser beside what is in the editor: what made room for something else, and what other tabs hold. */

import type { Draft } from '../draft';
import type { DraftStore } from '../draft_store';
import { EXAMPLES } from './all';
import { sameWork } from './example';
import { loadKept, saveKept } from './kept_work';

export interface OwnWork {
  id: string;
  /** When it was kept, in ms since the epoch. */
  at: number;
  /** Why it is here, as a sentence. */
  about: string;
  draft: Draft;
  /** Deletes it from the browser. */
  forget(): void;
}

/** The newest first, each work once; an example as it came is none. */
export function ownWork(drafts: DraftStore, current: Draft): OwnWork[] {
  const kept = loadKept().map(({ at, draft }) => ({
    id: `kept-${at}`,
    at,
    about: 'It made room for something else, and was kept in this browser.',
    draft,
    forget: () => void saveKept(loadKept().filter((work) => work.at !== at)),
  }));
  const tabs = drafts.others().map(({ key, savedAt, draft }) => ({
    id: key,
    at: savedAt,
    about: 'It was left in another tab, and was kept in this browser.',
    draft,
    forget: () => drafts.remove(key),
  }));
  const known = [current, ...EXAMPLES.map((example) => example.draft)];
  return [...kept, ...tabs]
    .sort((one, other) => other.at - one.at)
    .filter(({ draft }) => !known.some((one) => sameWork(one, draft)) && known.push(draft));
}
