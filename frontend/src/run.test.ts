import { describe, expect, it } from 'vitest';
import type { FinishedEvent, InvocationEvent, LogEvent, ResponseChunkEvent } from './contract';
import { BLOCK_LINES, fold, isActive, NO_RUN, queuedRun } from './run';

const TIME = '2026-01-01T00:00:00.000Z';

const log = (seq: number, text = `line ${seq}`): LogEvent => ({
  seq,
  time: TIME,
  type: 'log',
  stream: 'stdout',
  level: 'INFO',
  text,
});

const finished = (seq: number): FinishedEvent => ({
  seq,
  time: '2026-01-01T00:00:02.000Z',
  type: 'finished',
  outcome: 'ok',
  response: '{"n":1}',
  response_size: 7,
  response_truncated: false,
  error: null,
  notice: null,
  metrics: null,
});

const texts = (events: InvocationEvent[][]) =>
  events
    .reduce(fold, queuedRun('a', TIME))
    .logs.flat()
    .map((line) => line.text);

describe('fold', () => {
  it('follows the states in order and remembers when each began', () => {
    const run = fold(queuedRun('a', TIME), [
      { seq: 1, time: '2026-01-01T00:00:00.005Z', type: 'state', state: 'starting' },
      { seq: 2, time: '2026-01-01T00:00:00.020Z', type: 'state', state: 'init' },
      { seq: 3, time: '2026-01-01T00:00:00.080Z', type: 'state', state: 'running' },
    ]);
    expect(run.state).toBe('running');
    expect(isActive(run)).toBe(true);
    const start = Date.parse(TIME);
    expect(run.since).toEqual({
      queued: start,
      starting: start + 5,
      init: start + 20,
      running: start + 80,
    });
  });

  it('leaves out events that were seen before, as a reconnected socket may bring them again', () => {
    expect(texts([[log(1), log(2)], [log(1), log(2), log(3)], [log(3)]])).toEqual([
      'line 1',
      'line 2',
      'line 3',
    ]);
  });

  it('answers the same run when nothing is new', () => {
    const run = fold(queuedRun('a', TIME), [log(1)]);
    expect(fold(run, [log(1)])).toBe(run);
    expect(fold(run, [])).toBe(run);
  });

  it('keeps the blocks it was given unchanged', () => {
    const before = fold(queuedRun('a', TIME), [log(1)]);
    const after = fold(before, [log(2), log(3)]);
    expect(before.logs[0]).toHaveLength(1);
    expect(after.logs[0]).toHaveLength(3);
  });

  it('keeps full blocks identical, so that they are not drawn again', () => {
    const lines = Array.from({ length: BLOCK_LINES * 2 + 1 }, (_, i) => log(i + 1));
    const before = fold(queuedRun('a', TIME), lines);
    const after = fold(before, [log(lines.length + 1)]);
    expect(before.logs.map((block) => block.length)).toEqual([BLOCK_LINES, BLOCK_LINES, 1]);
    expect(after.logs[0]).toBe(before.logs[0]);
    expect(after.logs[1]).toBe(before.logs[1]);
    expect(after.lines).toBe(BLOCK_LINES * 2 + 2);
  });

  it('collects a streamed response', () => {
    const run = fold(queuedRun('a', TIME), [
      { seq: 1, time: TIME, type: 'response_chunk', text: 'one ' },
      { seq: 2, time: TIME, type: 'response_chunk', text: 'two' },
    ]);
    expect(run.streamed).toBe('one two');
  });

  it('follows its place in the queue until it begins', () => {
    const queued = queuedRun('a', TIME, { position: 3 });
    expect(queued.position).toBe(3);
    const next = fold(queued, [
      { type: 'queue', position: 2 },
      { type: 'queue', position: 1 },
    ]);
    expect(next).toEqual({ ...queued, position: 1 });
    expect(fold(next, [{ type: 'queue', position: 1 }])).toBe(next);
    const begun = fold(next, [{ seq: 1, time: TIME, type: 'state', state: 'starting' }]);
    expect(begun).toMatchObject({ state: 'starting', seq: 1, position: null });
    expect(fold(begun, [{ type: 'queue', position: 9 }])).toBe(begun);
  });

  it('keeps where a repeated init phase began first', () => {
    const run = fold(queuedRun('a', TIME), [
      { seq: 1, time: '2026-01-01T00:00:00.020Z', type: 'state', state: 'init' },
      { seq: 2, time: '2026-01-01T00:00:10.040Z', type: 'state', state: 'init' },
    ]);
    expect(run.since.init).toBe(Date.parse(TIME) + 20);
  });

  it('ends with the finished event and takes nothing after it', () => {
    const run = fold(queuedRun('a', TIME), [log(1), finished(2), log(3)]);
    expect(run.state).toBe('finished');
    expect(isActive(run)).toBe(false);
    expect(run.result?.response).toBe('{"n":1}');
    expect(run.lines).toBe(1);
  });

  it('has no active run before the first invocation', () => {
    expect(isActive(NO_RUN)).toBe(false);
  });
});

describe('a streamed response', () => {
  const chunk = (seq: number, text: string): ResponseChunkEvent => ({
    seq,
    time: TIME,
    type: 'response_chunk',
    text,
  });

  it('is kept whole and in the pieces in which it came', () => {
    const begun = fold(queuedRun('a', TIME), [chunk(1, 'one '), chunk(2, 'two ')]);
    const whole = fold(begun, [chunk(2, 'two '), chunk(3, 'three')]);
    expect(whole.streamed).toBe('one two three');
    expect(whole.chunks.map(({ seq, text }) => [seq, text])).toEqual([
      [1, 'one '],
      [2, 'two '],
      [3, 'three'],
    ]);
    expect(begun.chunks).toHaveLength(2);
  });
});
