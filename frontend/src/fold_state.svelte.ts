/** Which groups of a text are unfolded, each known by the offset at which it begins. */

import type { Group } from './bracket_groups';
import { toggled } from './toggled';

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
    this.#open = toggled(this.#open, group.from);
  }

  set(open: Iterable<number>): void {
    this.#open = new Set(open);
  }
}
