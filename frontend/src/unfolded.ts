/** Which groups may be unfolded at once without too many rows. */

import type { Group } from './bracket_groups';

/** The outermost groups first, and as many within them as have room in `rows` rows. */
export function unfolded(groups: readonly Group[], rows: number): number[] {
  const open: number[] = [];
  let waiting = [...groups];
  let left = rows;
  while (waiting.length > 0) {
    const within: Group[] = [];
    for (const group of waiting) {
      const cost = Math.min(group.entries.length, ENTRIES_AT_ONCE) + 1;
      if (cost > left) continue;
      left -= cost;
      open.push(group.from);
      for (const entry of group.entries.slice(0, ENTRIES_AT_ONCE)) within.push(...entry.groups);
    }
    waiting = within;
  }
  return open;
}

/** As many entries of one group are drawn until someone asks for more. */
export const ENTRIES_AT_ONCE = 100;
