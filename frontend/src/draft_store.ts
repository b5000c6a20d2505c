/** Where drafts are kept: each tab of the browser has a place of its own, so that no tab writes over another's work. */

import { forget, type Kept, ofBrowser, ofTab, quietly, read } from './browser_storage';
import { type Draft, parseDraft } from './draft';
import { KeptPlaces, type Place } from './kept_places';

const PLACE = 'playground.draft.2.';
const TAB = 'playground.tab';
/** From when there was one place for all tabs. */
const ONCE = 'playground.draft.1';

export class DraftStore {
  readonly #places: KeptPlaces<Draft>;
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
    this.#places = new KeptPlaces(local, PLACE, parsePlace);
    const known = read(session, TAB);
    this.#tab = known ?? newId();
    const all = this.#places.all();
    const own = all.find(({ key }) => key === this.#own);
    const last = known === null ? all[0] : undefined;
    if (last) this.begunWith = last.key.slice(PLACE.length);
    this.#first = own?.draft ?? last?.draft ?? parseDraft(read(local, ONCE));
    this.#places.thin(this.#own);
    this.#nameTab();
  }

  /** The store of the tab that this page is in. */
  static ofThisTab(): DraftStore {
    return new DraftStore(ofBrowser(), ofTab());
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
    forget(this.local, ONCE);
    return this.#places.save(this.#own, { savedAt: this.now(), draft });
  }

  forget(): void {
    this.remove(this.#own);
  }

  /** Another place from now on: this tab was made as a copy of one that still lives. */
  moveOn(): void {
    this.#tab = this.newId();
    this.#nameTab();
  }

  /** What other tabs have saved, the latest first. */
  others(): Place<Draft>[] {
    return this.#places.others(this.#own);
  }

  remove(key: string): void {
    this.#places.remove(key);
  }

  get #own(): string {
    return PLACE + this.#tab;
  }

  #nameTab(): void {
    void quietly(() => this.session.setItem(TAB, this.#tab));
  }
}

function parsePlace(stored: unknown): Omit<Place<Draft>, 'key'> | null {
  const { savedAt, draft: text } = stored as { savedAt?: unknown; draft?: unknown };
  const draft = parseDraft(text ? JSON.stringify(text) : null);
  return draft && typeof savedAt === 'number' ? { savedAt, draft } : null;
}

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
