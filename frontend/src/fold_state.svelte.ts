/** Which groups of a text are unfolded, each known by the offset at which it begins. */

import type { Group } from './bracket_groups';

export class FoldState {
  #open = $state.raw<ReadonlySet<number>>(new Set());
  /** Whether a text that was cut for its length is shown whole. */
  whole = $state(false);

  constructor(open: Iterable<number> = []) {
    this.#open = new Set(open);
  }

  isOpen(group: Group): boolean {
    return this.#open.has(group.from);
  }

  toggle(group: Group): void {
    const open = new Set(this.#open);
    if (!open.delete(group.from)) open.add(group.from);
    this.#open = open;
  }

  set(open: Iterable<number>): void {
    this.#open = new Set(open);
  }
}
