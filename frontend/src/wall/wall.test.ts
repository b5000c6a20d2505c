import { describe, expect, test } from 'vitest';
import type { Cell, ChangeMessage, Row, WallMessage } from './contract';
import {
  cellMeaning,
  cellWords,
  donePercent,
  inOrder,
  isStuck,
  kindOf,
  lastWords,
  ordered,
  since,
  told,
  type Wall,
} from './wall';

const NOW = Date.parse('2026-01-01T12:00:00.000Z');
const ago = (seconds: number): string => new Date(NOW - seconds * 1_000).toISOString();
const cell = (change: Partial<Cell> = {}): Cell => ({
  is_begun: true,
  saved_at: ago(60),
  revision: 1,
  running: null,
  is_done: false,
  attempts: 0,
  interruptions: 0,
  failed_in_a_row: 0,
  last: null,
  error: '',
  ...change,
});
const row = (id: string, change: Partial<Row> = {}): Row => ({
  id,
  name: id,
  is_here: true,
  exercise: 'one',
  active_at: ago(20),
  hand_raised_at: null,
  cells: {},
  ...change,
});
const figures = { minutes: 10, runs: 0, median_ms: null, errors: [] };
const workshop = {
  title: 'W',
  code: 'K7QM4X',
  is_locked: false,
  runs_per_minute: null,
  announcements: [],
  showing: null,
  exercises: [
    { id: 'one', title: 'One', checks: 2, is_open: true },
    { id: 'two', title: 'Two', checks: 2, is_open: true },
    { id: 'three', title: 'Three', checks: 2, is_open: false },
  ],
};
const whole = (...participants: Row[]): WallMessage => ({
  type: 'wall',
  time: ago(0),
  workshop,
  participants,
  figures,
});
const change = (participants: Row[], more: Partial<ChangeMessage> = {}): ChangeMessage => ({
  type: 'change',
  time: ago(0),
  workshop: null,
  participants,
  removed: [],
  figures,
  ...more,
});
const wallOf = (...rows: Row[]): Wall => told(null, whole(...rows), NOW)!;

describe('what is told', () => {
  test('a change replaces, adds and removes rows and leaves the others', () => {
    const before = wallOf(row('ada'), row('bob'), row('eve'));
    const after = told(
      before,
      change([row('bob', { exercise: 'two' }), row('zoe')], { removed: ['eve'] }),
      NOW,
    )!;
    expect(after.rows.map(({ id, exercise }) => [id, exercise])).toEqual([
      ['ada', 'one'],
      ['bob', 'two'],
      ['zoe', 'one'],
    ]);
    expect(after.rows[0]).toBe(before.rows[0]);
    expect(after.workshop).toBe(before.workshop);
  });

  test('told twice it is the same, and everything anew forgets what was before', () => {
    const once = told(wallOf(row('ada')), change([row('bob')]), NOW)!;
    expect(told(once, change([row('bob')]), NOW)).toEqual(once);
    expect(told(once, whole(row('eve')), NOW)!.rows.map(({ id }) => id)).toEqual(['eve']);
    expect(told(null, change([row('bob')]), NOW)).toBeNull();
  });

  test('the service has its own clock', () => {
    expect(told(null, whole(), NOW - 5_000)!.ahead).toBe(5_000);
  });
});

describe('a cell', () => {
  test.each([
    [undefined, 'none', '–', 'not begun'],
    [cell({ is_begun: false }), 'none', '–', 'not begun'],
    [cell(), 'idle', 'idle', 'idle'],
    [cell({ saved_at: ago(2) }), 'typing', 'typing', 'typing'],
    [cell({ saved_at: ago(2), running: 'a' }), 'running', 'running', 'running'],
    [cell({ attempts: 1 }), 'failed', '✕ 1 try', 'failed, 1 try'],
    [cell({ attempts: 6 }), 'failed', '✕ 6 tries', 'failed, 6 tries'],
    [
      cell({
        attempts: 2,
        interruptions: 1,
        last: { passed: 1, failed: 0, interrupted: 1, is_interrupted: true },
      }),
      'interrupted',
      'interrupted',
      'interrupted',
    ],
    [cell({ attempts: 2, is_done: true, saved_at: ago(1) }), 'done', '✓ 2', 'done after 2 tries'],
  ])('%j shows %s', (given, kind, words, meaning) => {
    expect([kindOf(given, NOW), cellWords(given, NOW), cellMeaning(given, NOW)]).toEqual([
      kind,
      words,
      meaning,
    ]);
  });
});

describe('who is stuck', () => {
  test.each([
    ['two failures', { cells: { one: cell({ failed_in_a_row: 2 }) } }, false],
    ['three failures', { cells: { one: cell({ failed_in_a_row: 3 }) } }, true],
    [
      'three failures after it was done',
      { cells: { one: cell({ failed_in_a_row: 3, is_done: true }) } },
      false,
    ],
    ['three failures where it is closed', { cells: { three: cell({ failed_in_a_row: 3 }) } }, false],
    ['nothing for five minutes', { active_at: ago(300) }, true],
    ['almost five minutes', { active_at: ago(299) }, false],
    [
      'everything done',
      { active_at: ago(900), cells: { one: cell({ is_done: true }), two: cell({ is_done: true }) } },
      false,
    ],
  ])('%s', (_, given, stuck) => {
    expect(isStuck(row('ada', given), workshop, NOW)).toBe(stuck);
  });
});

const idsOf = (rows: Row[]): string => rows.map(({ id }) => id).join('');

test('raised hands come first, whoever waits longest at the top, then who is stuck, and here before away', () => {
  const rows = [
    row('a'),
    row('b', { hand_raised_at: ago(5) }),
    row('c', { is_here: false }),
    row('d', { hand_raised_at: ago(50) }),
    row('e'),
    row('f'),
  ];
  expect(idsOf(ordered(rows, new Set(['b', 'c', 'f'])))).toBe('dbfcae');
  expect(idsOf(ordered(rows, new Set()))).toBe('dbacef');
});

test('an order that is held stays whatever changes, and who is new comes last', () => {
  const rows = [row('a', { hand_raised_at: ago(5) }), row('b'), row('z'), row('c')];
  expect(idsOf(inOrder(rows, ['c', 'b', 'gone', 'a']))).toBe('cbaz');
});

test('the part that is done counts open exercises alone', () => {
  const done = cell({ is_done: true });
  expect(donePercent(wallOf(row('a', { cells: { one: done, three: done } }), row('b')))).toBe(25);
  expect(donePercent(wallOf())).toBe(0);
});

test('times and last outcomes are said in words', () => {
  expect([ago(3), ago(20), ago(70), ago(-5)].map((time) => since(time, NOW))).toEqual([
    'now',
    '20 s',
    '1 min',
    'now',
  ]);
  const last = { passed: 2, failed: 1, interrupted: 0, is_interrupted: false };
  const after = (change: object, error = '') =>
    row('a', { cells: { one: cell({ attempts: 1, last: { ...last, ...change }, error }) } });
  expect(lastWords(after({}))).toBe('2 of 3 passed');
  expect(lastWords(after({ interrupted: 1 }))).toBe('2 of 4 passed, 1 interrupted');
  expect(lastWords(after({}, 'TypeError: x'))).toBe('TypeError: x');
  expect(lastWords(after({ failed: 0, interrupted: 1, is_interrupted: true }))).toBe('');
  expect(lastWords(row('a'))).toBe('');
});
