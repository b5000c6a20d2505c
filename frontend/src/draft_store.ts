/** Where drafts are kept: each tab of the browser has a place of its own, so that no tab writes over another's work. */

import { type Draft, parseDraft } from './draft';

const PLACE = 'playground.draft.2.';
const TAB = 'playground.tab';
/** From when there was one place for all tabs. */
const ONCE = 'playground.draft.1';
const PLACES_MAX = 8;

type Kept = Pick<Storage, 'getItem' | 'setItem' | 'removeItem' | 'key' | 'length'>;

export interface Place {
  key: string;
  savedAt: number;
  draft: Draft;
}

export class DraftStore {
  #tab: string;
  /** The tab whose work this one began with, if that was another's. */
  readonly begunWith: string | null = null;
  readonly #first: Draft | null;

  constructor(
    readonly local: Kept,
    readonly session: Kept,
    readonly newId: () => string = randomId,
    readonly now: () => number = Date.now,
  ) {
    const known = quietly(() => session.getItem(TAB));
    this.#tab = known ?? newId();
    const places = this.#places();
    const own = places.find(({ key }) => key === PLACE + this.#tab);
    const last = known === null ? places[0] : undefined;
    if (last) this.begunWith = last.key.slice(PLACE.length);
    this.#first = own?.draft ?? last?.draft ?? parseDraft(quietly(() => local.getItem(ONCE)));
    for (const { key } of places.filter((place) => place !== own).slice(PLACES_MAX - 1)) this.remove(key);
    quietly(() => session.setItem(TAB, this.#tab));
  }

  /** The store of the tab that this page is in. */
  static ofThisTab(): DraftStore {
    return new DraftStore(quietly(() => localStorage) ?? NOWHERE, quietly(() => sessionStorage) ?? NOWHERE);
  }

  get tab(): string {
    return this.#tab;
  }

  /** What this tab held before it was loaded; a new tab begins with what was saved last in any. */
  load(): Draft | null {
    return this.#first;
  }

  /** False where the browser keeps nothing, or has no room for so much. */
  save(draft: Draft): boolean {
    const text = JSON.stringify({ savedAt: this.now(), draft });
    const write = () => quietly(() => (this.local.setItem(PLACE + this.#tab, text), true)) ?? false;
    quietly(() => this.local.removeItem(ONCE));
    if (write()) return true;
    // Where there is no room, the oldest work of other tabs makes some.
    for (const { key } of this.others().reverse()) {
      this.remove(key);
      if (write()) return true;
    }
    return false;
  }

  forget(): void {
    this.remove(PLACE + this.#tab);
  }

  /** Another place from now on: this tab was made as a copy of one that still lives. */
  moveOn(): void {
    this.#tab = this.newId();
    quietly(() => this.session.setItem(TAB, this.#tab));
  }

  /** What other tabs have saved, the latest first. */
  others(): Place[] {
    return this.#places().filter(({ key }) => key !== PLACE + this.#tab);
  }

  remove(key: string): void {
    quietly(() => this.local.removeItem(key));
  }

  #place(key: string): Place | null {
    const stored = quietly(() => JSON.parse(this.local.getItem(key) ?? 'null') as Partial<Place> | null);
    const draft = parseDraft(stored?.draft ? JSON.stringify(stored.draft) : null);
    return draft && typeof stored?.savedAt === 'number' ? { key, savedAt: stored.savedAt, draft } : null;
  }

  /** What every tab has saved, the latest first. */
  #places(): Place[] {
    const keys = quietly(() =>
      Array.from({ length: this.local.length }, (_, index) => this.local.key(index)),
    );
    return (keys ?? [])
      .filter((key) => key !== null && key.startsWith(PLACE))
      .flatMap((key) => this.#place(key!) ?? [])
      .sort((one, other) => other.savedAt - one.savedAt);
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

const NOWHERE: Kept = {
  length: 0,
  key: () => null,
  getItem: () => null,
  removeItem: () => {},
  setItem() {
    throw new Error('This browser keeps nothing.');
  },
};

// Not every origin has crypto.randomUUID.
const randomId = (): string =>
  Array.from(crypto.getRandomValues(new Uint8Array(12)), (byte) => byte.toString(36).padStart(2, '0')).join(
    '',
  );

const lockOf = (tab: string): string => `playground.tab.${tab}`;

/** Holds this tab's place for as long as it lives; says whether another living tab holds the same work. */
export async function claimPlace(store: DraftStore): Promise<'alone' | 'copy'> {
  const locks = (navigator as Partial<Navigator>).locks;
  // Only pages of a safe origin have locks; without them a duplicated tab cannot be told from a reload.
  if (!locks) return 'alone';
  const hold = (): Promise<boolean> =>
    new Promise((held) => {
      void locks.request(lockOf(store.tab), { ifAvailable: true }, (lock) => {
        held(lock !== null);
        return lock && new Promise<never>(() => {});
      });
    });
  if (!(await hold())) {
    store.moveOn();
    await hold();
    return 'copy';
  }
  if (store.begunWith === null) return 'alone';
  const { held = [] } = await locks.query();
  return held.some(({ name }) => name === lockOf(store.begunWith!)) ? 'copy' : 'alone';
}
