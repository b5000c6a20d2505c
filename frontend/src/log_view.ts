/** Which lines of a log are shown, and which hold what is searched for. */

import { styled } from './ansi';
import type { LogEvent } from './contract';
import { logColumns } from './log_line';
import { BLOCK_LINES, type LogBlock, type Run } from './run';

export const SHOWN = {
  all: 'All lines',
  function: 'Function',
  info: 'Info and up',
  warn: 'Warnings and up',
  error: 'Errors',
} as const;

export interface LogFilter {
  shown: keyof typeof SHOWN;
  /** Case does not matter. Empty: nothing is searched for. */
  search: string;
  /** Whether lines without the text are left out. */
  only: boolean;
}

export interface LogView {
  runId: string | null;
  filter: LogFilter;
  /** How many lines of the run were looked at. */
  seen: number;
  /** Index of each line that is shown. */
  rows: number[];
  /** Which of the rows hold what is searched for. */
  matches: number[];
}

const RANK: Record<string, number> = { TRACE: 0, DEBUG: 0, INFO: 1, WARN: 2, ERROR: 3, FATAL: 3 };
const LEAST: Record<LogFilter['shown'], number> = { all: -1, function: -1, info: 1, warn: 2, error: 3 };

/** A line that came past the console has no level: of stderr it ranks as a warning, else as information. */
function rank(line: LogEvent): number {
  return RANK[logColumns(line).level] ?? (line.stream === 'stderr' ? 2 : 1);
}

/** The line as it is read: without columns that stand for themselves, and without colours. */
export function readText(line: LogEvent): string {
  return line.stream === 'platform' ? line.text : styled(logColumns(line).text).text;
}

export function lineAt(logs: readonly LogBlock[], index: number): LogEvent {
  return logs[Math.floor(index / BLOCK_LINES)]![index % BLOCK_LINES]!;
}

function isShown(line: LogEvent, { shown }: LogFilter): boolean {
  if (shown === 'all') return true;
  return line.stream !== 'platform' && rank(line) >= LEAST[shown];
}

/**
 * What a filter leaves of a run. Where `before` is of the same run and filter, only the lines since then are
 * looked at, and its lists grow with them.
 */
export function logView(run: Run, filter: LogFilter, before: LogView | null = null): LogView {
  const goesOn =
    before !== null &&
    before.runId === run.id &&
    before.seen <= run.lines &&
    before.filter.shown === filter.shown &&
    before.filter.search === filter.search &&
    before.filter.only === filter.only;
  const rows = goesOn ? before.rows : [];
  const matches = goesOn ? before.matches : [];
  const searched = filter.search.toLowerCase();
  for (let index = goesOn ? before.seen : 0; index < run.lines; index += 1) {
    const line = lineAt(run.logs, index);
    if (!isShown(line, filter)) continue;
    const found = searched !== '' && readText(line).toLowerCase().includes(searched);
    if (searched !== '' && filter.only && !found) continue;
    if (found) matches.push(rows.length);
    rows.push(index);
  }
  return { runId: run.id, filter: { ...filter }, seen: run.lines, rows, matches };
}

/** The shown lines as text, each as Lambda would write it. */
export function logText(run: Run, view: LogView): string {
  return view.rows.map((index) => `${lineAt(run.logs, index).text}\n`).join('');
}
