/** The wall as it is: what it was told, folded into one value, and what follows from it. Pure. */

import { attemptWords } from '../workshop/attempt_words';
import type { Cell, ChangeMessage, Figures, Row, WallMessage, WallWorkshop } from './contract';

export interface Wall {
  workshop: WallWorkshop;
  rows: readonly Row[];
  figures: Figures;
  /** How far the service's clock is ahead of this browser's, in ms. */
  ahead: number;
}

export const STUCK_AFTER_FAILURES = 3;
export const STUCK_AFTER_MS = 5 * 60_000;
/** Whoever saved within so long is typing. */
export const TYPING_MS = 8_000;

/** What a message makes of the wall; `now` is the browser's clock when it came. */
export function told(wall: Wall | null, message: WallMessage | ChangeMessage, now: number): Wall | null {
  const ahead = Date.parse(message.time) - now;
  if (message.type === 'wall') {
    return { workshop: message.workshop, rows: message.participants, figures: message.figures, ahead };
  }
  if (!wall) return null;
  const changed = new Map(message.participants.map((row) => [row.id, row]));
  const removed = new Set(message.removed);
  const known = new Set(wall.rows.map(({ id }) => id));
  return {
    workshop: message.workshop ?? wall.workshop,
    rows: [
      ...wall.rows.filter(({ id }) => !removed.has(id)).map((row) => changed.get(row.id) ?? row),
      ...message.participants.filter(({ id }) => !known.has(id)),
    ],
    figures: message.figures,
    ahead,
  };
}

export type CellKind = 'none' | 'done' | 'failed' | 'interrupted' | 'running' | 'typing' | 'idle';

/** What a cell shows; `now` is the service's clock. */
export function kindOf(cell: Cell | undefined, now: number): CellKind {
  if (!cell) return 'none';
  if (cell.running) return 'running';
  if (cell.is_done) return 'done';
  const typing = cell.saved_at !== null && now - Date.parse(cell.saved_at) < TYPING_MS;
  if (cell.is_begun && typing) return 'typing';
  if (cell.last?.is_interrupted) return 'interrupted';
  if (cell.attempts > 0) return 'failed';
  return cell.is_begun ? 'idle' : 'none';
}

const tries = (count: number): string => `${count} ${count === 1 ? 'try' : 'tries'}`;

export function cellWords(cell: Cell | undefined, now: number): string {
  const kind = kindOf(cell, now);
  if (kind === 'none' || !cell) return '–';
  if (kind === 'done') return `✓ ${cell.attempts}`;
  if (kind === 'failed') return `✕ ${tries(cell.attempts)}`;
  return kind;
}

/** The same for whoever hears it. */
export function cellMeaning(cell: Cell | undefined, now: number): string {
  const kind = kindOf(cell, now);
  if (kind === 'none' || !cell) return 'not begun';
  if (kind === 'done') return `done after ${tries(cell.attempts)}`;
  if (kind === 'failed') return `failed, ${tries(cell.attempts)}`;
  return kind;
}

/** Whether somebody who is not done needs to be looked after: three failures in a row, or nothing for five minutes. */
export function isStuck(row: Row, workshop: WallWorkshop, now: number): boolean {
  const open = workshop.exercises.filter(({ is_open }) => is_open);
  const left = open.filter(({ id }) => !row.cells[id]?.is_done);
  if (left.length === 0) return false;
  if (left.some(({ id }) => (row.cells[id]?.failed_in_a_row ?? 0) >= STUCK_AFTER_FAILURES)) return true;
  return now - Date.parse(row.active_at) >= STUCK_AFTER_MS;
}

/**
 * Raised hands first, whoever waits longest at the top; then those who are stuck and here, those who are stuck and
 * away; each of these, and the others, in the order in which they joined.
 */
export function ordered(rows: readonly Row[], stuck: ReadonlySet<string>): Row[] {
  const rank = ({ id, hand_raised_at, is_here }: Row): number => {
    if (hand_raised_at !== null) return 0;
    if (!stuck.has(id)) return 3;
    return is_here ? 1 : 2;
  };
  const waits = ({ hand_raised_at }: Row): number => (hand_raised_at ? Date.parse(hand_raised_at) : 0);
  return [...rows].sort((one, other) => rank(one) - rank(other) || waits(one) - waits(other));
}

/** The rows in an order that is held: what the pointer is on stays there. Rows that are new come last. */
export function inOrder(rows: readonly Row[], held: readonly string[]): Row[] {
  const place = new Map(held.map((id, index) => [id, index]));
  const placeOf = ({ id }: Row): number => place.get(id) ?? held.length;
  return [...rows].sort((one, other) => placeOf(one) - placeOf(other));
}

/** Percent of the open exercises that are done, of all participants together. */
export function donePercent({ rows, workshop }: Wall): number {
  const open = workshop.exercises.filter(({ is_open }) => is_open);
  if (rows.length === 0 || open.length === 0) return 0;
  const done = rows.flatMap(({ cells }) => open.filter(({ id }) => cells[id]?.is_done)).length;
  return Math.round((100 * done) / (rows.length * open.length));
}

/** Since when nothing came from somebody, in words. */
export function since(iso: string, now: number): string {
  const seconds = Math.max(0, Math.round((now - Date.parse(iso)) / 1_000));
  if (seconds < 10) return 'now';
  return seconds < 60 ? `${seconds} s` : `${Math.floor(seconds / 60)} min`;
}

/** What came of somebody's last attempt at the exercise that they are in. */
export function lastWords(row: Row): string {
  const cell = row.cells[row.exercise];
  if (!cell?.last || cell.last.is_interrupted || cell.is_done) return '';
  return cell.error || attemptWords(cell.last);
}
