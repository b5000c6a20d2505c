import { describe, expect, it } from 'vitest';
import type { LogEvent } from './contract';
import { type LogFilter, logText, logView } from './log_view';
import { fold, queuedRun } from './run';

const TIME = '2026-01-01T00:00:00.000Z';
const ALL: LogFilter = { shown: 'all', search: '', only: false };

const line = (seq: number, stream: LogEvent['stream'], level: string | null, text: string): LogEvent => ({
  seq,
  time: TIME,
  type: 'log',
  stream,
  level,
  text: level ? `${TIME}\tid\t${level}\t${text}` : text,
});

const LINES = [
  line(1, 'platform', null, 'START RequestId: id'),
  line(2, 'stdout', 'DEBUG', 'small'),
  line(3, 'stdout', 'INFO', 'order \u001b[31m123\u001b[0m45'),
  line(4, 'stdout', 'WARN', 'Order late'),
  line(5, 'stderr', 'ERROR', 'broken'),
  line(6, 'stdout', null, 'raw'),
  line(7, 'stderr', null, 'raw too'),
  line(8, 'platform', null, 'END RequestId: id'),
];
const run = fold(queuedRun('a', TIME), LINES);
const rows = (filter: Partial<LogFilter>) => logView(run, { ...ALL, ...filter }).rows;

describe('logView', () => {
  it('shows lines of a level and above', () => {
    expect(rows({})).toEqual([0, 1, 2, 3, 4, 5, 6, 7]);
    expect(rows({ shown: 'function' })).toEqual([1, 2, 3, 4, 5, 6]);
    expect(rows({ shown: 'info' })).toEqual([2, 3, 4, 5, 6]);
    expect(rows({ shown: 'warn' })).toEqual([3, 4, 6]);
    expect(rows({ shown: 'error' })).toEqual([4]);
  });

  it('finds a text whatever its case, through colours, not in the columns beside it', () => {
    expect(logView(run, { ...ALL, search: 'ORDER' }).matches).toEqual([2, 3]);
    expect(logView(run, { ...ALL, search: '12345' }).matches).toEqual([2]);
    expect(logView(run, { ...ALL, search: '2026-01' }).matches).toEqual([]);
    expect(logView(run, { ...ALL, search: '' }).matches).toEqual([]);
  });

  it('counts matches among the rows that are shown', () => {
    const view = logView(run, { shown: 'warn', search: 'raw', only: false });
    expect([view.rows, view.matches]).toEqual([[3, 4, 6], [2]]);
    const only = logView(run, { shown: 'all', search: 'order', only: true });
    expect([only.rows, only.matches]).toEqual([
      [2, 3],
      [0, 1],
    ]);
  });

  it('goes on with the lines that came since, and begins again with another filter or run', () => {
    const filter = { ...ALL, search: 'order' };
    const begun = logView(fold(queuedRun('a', TIME), LINES.slice(0, 3)), filter);
    const grown = logView(run, filter, begun);
    expect(grown.rows).toBe(begun.rows);
    expect([grown.rows, grown.matches, grown.seen]).toEqual([[0, 1, 2, 3, 4, 5, 6, 7], [2, 3], 8]);
    expect(logView(run, ALL, grown).matches).toEqual([]);
    const other = fold(queuedRun('b', TIME), LINES.slice(0, 1));
    expect(logView(other, filter, grown).rows).toEqual([0]);
    expect(grown.rows).toHaveLength(8);
  });

  it('looks at every block', () => {
    const many = Array.from({ length: 1_001 }, (_, index) =>
      line(index + 1, 'stdout', 'INFO', `n ${index};`),
    );
    const long = fold(queuedRun('a', TIME), many);
    expect(logView(long, { ...ALL, search: 'n 1000;' }).matches).toEqual([1_000]);
  });
});

it('copies what is shown as Lambda would write it', () => {
  const view = logView(run, { ...ALL, search: 'raw', only: true });
  expect(logText(run, view)).toBe('raw\nraw too\n');
});
