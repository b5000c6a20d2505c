/** Tabs in a row: one stop for the Tab key, and keys that lead from one to another. */

import { tick } from 'svelte';

/** Which of so many tabs a key leads to; undefined where it leads to none. */
export const tabAfterKey = (key: string, at: number, count: number): number | undefined =>
  ({ ArrowLeft: (at - 1 + count) % count, ArrowRight: (at + 1) % count, Home: 0, End: count - 1 })[key];

/** Once it is drawn, the chosen tab has the focus and is in view. */
export async function focusTab(list: HTMLElement): Promise<void> {
  await tick();
  const tab = list.querySelector<HTMLElement>('[aria-selected=true]');
  tab?.focus();
  tab?.scrollIntoView({ block: 'nearest', inline: 'nearest' });
}
