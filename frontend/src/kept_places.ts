/**
 * Unsaved work, of which each tab of the browser has a place of its own, so that none writes over another's. One rule
 * for all of it: the latest few stay, and the oldest makes room where there is none.
 */

import { forget, keep, type Kept, quietly, read } from './browser_storage';

export const PLACES_MAX = 8;

export interface Place<Draft> {
  key: string;
  /** ms since 1970. */
  savedAt: number;
  draft: Draft;
}

export class KeptPlaces<Draft> {
  constructor(
    readonly storage: Kept,
    /** What the keys of all places begin with. */
    readonly prefix: string,
    /** What was stored; null where it cannot be read. */
    private readonly parse: (stored: unknown) => Omit<Place<Draft>, 'key'> | null,
  ) {}

  /** The latest first. */
  all(): Place<Draft>[] {
    const keys = quietly(() =>
      Array.from({ length: this.storage.length }, (_, index) => this.storage.key(index)),
    );
    return (keys ?? [])
      .filter((key) => key !== null && key.startsWith(this.prefix))
      .flatMap((key) => {
        const found = quietly(() => this.parse(JSON.parse(read(this.storage, key!) ?? 'null')));
        return found ? [{ ...found, key: key! }] : [];
      })
      .sort((one, other) => other.savedAt - one.savedAt);
  }

  /** Those of others than the tab whose place it is. */
  others(own: string): Place<Draft>[] {
    return this.all().filter(({ key }) => key !== own);
  }

  /** Leaves the latest of other tabs, beside the own one. */
  thin(own: string): void {
    for (const { key } of this.others(own).slice(PLACES_MAX - 1)) this.remove(key);
  }

  /** False where the browser keeps nothing, or has no room for so much. */
  save(own: string, stored: unknown): boolean {
    const write = () => keep(this.storage, own, stored);
    if (write()) return true;
    for (const { key } of this.others(own).reverse()) {
      this.remove(key);
      if (write()) return true;
    }
    return false;
  }

  remove(key: string): void {
    forget(this.storage, key);
  }
}
