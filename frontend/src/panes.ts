/** The sizes of the page's panes, which whoever uses it chooses and the browser remembers. */

import { keep, ofBrowser, read } from './browser_storage';

export interface Panes {
  /** Width of event, logs and response, in percent of the page. */
  output: number;
  /** Width of the tree of files, in px. */
  tree: number;
  /** Height of environment variables and configuration, in px. */
  configuration: number;
  /** Height of the event, in px. */
  event: number;
  /** Height of the response, in percent of what logs and response share. */
  response: number;
  treeOpen: boolean;
  /** Size of the text in the editors, in px. */
  text: number;
}

export type PaneSize = Exclude<keyof Panes, 'treeOpen'>;

interface Range {
  least: number;
  most: number;
  usual: number;
  /** What an arrow key changes. */
  step: number;
}

export const RANGES: Record<PaneSize, Range> = {
  output: { least: 25, most: 70, usual: 44, step: 2 },
  tree: { least: 140, most: 420, usual: 200, step: 20 },
  configuration: { least: 60, most: 520, usual: 222, step: 20 },
  event: { least: 90, most: 520, usual: 184, step: 20 },
  response: { least: 15, most: 85, usual: 44, step: 4 },
  text: { least: 10, most: 24, usual: 13, step: 1 },
};
const SIZES = Object.keys(RANGES) as PaneSize[];
const KEPT = 'playground.panes.1';

/** A size within what it may be; the usual one where it is no number. */
export function fitting(name: PaneSize, size: unknown): number {
  const { least, most, usual } = RANGES[name];
  return typeof size === 'number' && Number.isFinite(size) ? Math.min(most, Math.max(least, size)) : usual;
}

/** The sizes in a stored text; the usual ones for what it does not tell. */
export function parsePanes(text: string | null): Panes {
  let stored: Partial<Record<keyof Panes, unknown>> = {};
  try {
    stored = { ...(JSON.parse(text ?? '{}') as object) };
  } catch {
    // Another version of the page may have written it.
  }
  const sizes = Object.fromEntries(SIZES.map((name) => [name, fitting(name, stored[name])]));
  return { ...(sizes as Record<PaneSize, number>), treeOpen: stored.treeOpen === true };
}

/** The size after a key was pressed on a pane's edge; null for a key that changes nothing. `grows` is the arrow's. */
export function sizeAfterKey(name: PaneSize, size: number, key: string, grows: string): number | null {
  const { least, most, usual, step } = RANGES[name];
  const shrinks = {
    ArrowLeft: 'ArrowRight',
    ArrowRight: 'ArrowLeft',
    ArrowUp: 'ArrowDown',
    ArrowDown: 'ArrowUp',
  };
  if (key === grows) return fitting(name, size + step);
  if (key === shrinks[grows as keyof typeof shrinks]) return fitting(name, size - step);
  if (key === 'Home') return least;
  if (key === 'End') return most;
  return key === 'Enter' ? usual : null;
}

export const loadPanes = (): Panes => parsePanes(read(ofBrowser(), KEPT));
export const savePanes = (panes: Panes): void => void keep(ofBrowser(), KEPT, panes);
