/** What the browser keeps for the page. It may forbid that, or have no room: then it lasts as long as the page. */

export type Kept = Pick<Storage, 'getItem' | 'setItem' | 'removeItem' | 'key' | 'length'>;

export function quietly<T>(action: () => T): T | null {
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

/** What all tabs share, and what is the tab's own. */
export const ofBrowser = (): Kept => quietly(() => localStorage) ?? NOWHERE;
export const ofTab = (): Kept => quietly(() => sessionStorage) ?? NOWHERE;

export const read = (storage: Kept, key: string): string | null => quietly(() => storage.getItem(key));

/** False where it is not kept. */
export const keep = (storage: Kept, key: string, value: unknown): boolean =>
  quietly(() => (storage.setItem(key, JSON.stringify(value)), true)) ?? false;

export const forget = (storage: Kept, key: string): void => void quietly(() => storage.removeItem(key));
