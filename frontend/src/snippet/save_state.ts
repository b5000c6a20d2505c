/** Where the work on a snippet stands: what the service holds of it, and what is on its way. Pure. */

import type { ForkOrigin, SnippetContent, StoredSnippet } from './contract';
import { fingerprint } from './content';

export interface SaveState {
  /** null before the first save. */
  id: string | null;
  name: string;
  revision: string;
  forkedFrom: ForkOrigin | null;
  /** Number of the newest version; 0 before the first. */
  version: number;
  /** Fingerprint of what the service holds as $LATEST. */
  latest: string | null;
  /** Fingerprint of the newest version; null while it is not known. */
  published: string | null;
  saving: boolean;
  /** Why the last attempt came to nothing: no connection, or a fault of what was sent. */
  trouble: 'offline' | 'refused' | null;
  /** What somebody else, or another tab, made of it in between. */
  theirs: StoredSnippet | null;
}

export const UNSAVED: SaveState = {
  id: null,
  name: '',
  revision: '',
  forkedFrom: null,
  version: 0,
  latest: null,
  published: null,
  saving: false,
  trouble: null,
  theirs: null,
};

export type Happening =
  | { type: 'sending' }
  | { type: 'stored'; snippet: StoredSnippet }
  | { type: 'published'; number: number; content: SnippetContent }
  | { type: 'offline' }
  | { type: 'refused' }
  | { type: 'changed'; theirs: StoredSnippet };

export function after(state: SaveState, happening: Happening): SaveState {
  switch (happening.type) {
    case 'sending':
      return { ...state, saving: true };
    case 'stored': {
      const { snippet } = happening;
      return {
        ...state,
        id: snippet.id,
        name: snippet.function_name,
        revision: snippet.revision_id,
        forkedFrom: snippet.forked_from,
        version: snippet.last_version,
        // Another version may have come in another tab: what it holds is not known here.
        published: snippet.id === state.id && snippet.last_version === state.version ? state.published : null,
        latest: fingerprint(snippet),
        saving: false,
        trouble: null,
        theirs: null,
      };
    }
    case 'published':
      return {
        ...state,
        version: happening.number,
        published: fingerprint(happening.content),
        saving: false,
        trouble: null,
      };
    case 'changed':
      return { ...state, saving: false, trouble: null, theirs: happening.theirs };
    default:
      return { ...state, saving: false, trouble: happening.type };
  }
}

/** Whether the service lacks what is in the editor; null stands for what cannot be sent. */
export const isBehind = (state: SaveState, current: string | null): boolean =>
  state.id !== null && current !== state.latest;

/** The state in words, for what is in the editor. */
export function saveWords(state: SaveState, current: string | null): string {
  if (state.id === null) {
    if (state.saving) return 'Saving';
    return state.trouble === 'offline' ? 'Offline, kept in this browser' : 'Not saved';
  }
  if (state.theirs) return 'Changed elsewhere';
  if (state.saving) return 'Saving';
  if (state.trouble === 'offline') return 'Offline, kept in this browser';
  if (current === null || (state.trouble === 'refused' && isBehind(state, current))) {
    return 'Not saved: something is to be corrected';
  }
  if (state.version === 0) return 'Saved, no version yet';
  if (state.published === null && current === state.latest) return 'Saved';
  return current === state.published
    ? `Saved as version ${state.version}`
    : `Changes since version ${state.version}`;
}

/** What a tab's own draft knows of its snippet. */
export interface DraftOrigin {
  id: string;
  revision: string;
  /** Whether there is something in it that the service did not have yet. */
  behind: boolean;
}

/**
 * What a page begins with: what the service holds (`theirs`), what this browser kept (`mine`), or both, to be chosen
 * from (`both`).
 */
export function beginning(
  stored: StoredSnippet,
  origin: DraftOrigin | null,
  kept: SnippetContent | null,
): 'theirs' | 'mine' | 'both' {
  if (origin?.id !== stored.id || !origin.behind) return 'theirs';
  if (kept && fingerprint(kept) === fingerprint(stored)) return 'theirs';
  return origin.revision === stored.revision_id ? 'mine' : 'both';
}
