/** Storages of a browser: one that has as much room as it is given, and one that is forbidden. */

import type { Kept } from './browser_storage';

export class Memory implements Kept {
  readonly entries = new Map<string, string>();
  constructor(readonly room = Infinity) {}
  get length(): number {
    return this.entries.size;
  }
  key = (index: number): string | null => [...this.entries.keys()][index] ?? null;
  getItem = (key: string): string | null => this.entries.get(key) ?? null;
  removeItem = (key: string): void => void this.entries.delete(key);
  setItem = (key: string, text: string): void => {
    const others = [...this.entries].filter(([other]) => other !== key);
    const used = others.reduce((sum, [, other]) => sum + other.length, 0);
    if (used + text.length > this.room) throw new Error('QuotaExceededError');
    this.entries.set(key, text);
  };
}

const refuse = (): never => {
  throw new Error('SecurityError');
};

export const NOTHING: Kept = {
  length: 0,
  getItem: refuse,
  setItem: refuse,
  removeItem: refuse,
  key: refuse,
};
