import { describe, expect, it } from 'vitest';
import type { FinishedEvent, Metrics } from './contract';
import { bars, pastRun, type PastRun, RUNS_KEPT, withRuns } from './past_runs';
import { fold, NO_RUN, queuedRun } from './run';

const metrics = (duration_ms: number, init_duration_ms: number | null = null): Metrics => ({
  duration_ms,
  billed_duration_ms: Math.ceil(duration_ms + (init_duration_ms ?? 0)),
  memory_size_mb: 128,
  max_memory_used_mb: 60,
  init_duration_ms,
  cold_start: init_duration_ms !== null,
  queue_ms: 1,
  sandbox_ms: 1,
});

const run = (second: number, over: Partial<PastRun> = {}): PastRun => ({
  id: `run-${second}`,
  state: 'finished',
  outcome: 'ok',
  metrics: metrics(10),
  created_at: new Date(Date.UTC(2026, 0, 1, 12, 0, second)).toISOString(),
  ...over,
});

const ids = (runs: PastRun[]) => runs.map(({ id }) => id);

describe('withRuns', () => {
  it('keeps each run once, the latest last', () => {
    expect(ids(withRuns([run(3), run(1)], [run(2), run(3)]))).toEqual(['run-1', 'run-2', 'run-3']);
  });

  it('lets what is known later stand for what was known before', () => {
    const [kept] = withRuns([run(1, { outcome: 'timeout' })], [run(1)]);
    expect(kept!.outcome).toBe('ok');
  });

  it('leaves out what still runs, and the oldest of too many', () => {
    expect(withRuns([run(1, { state: 'running', outcome: null })], [])).toEqual([]);
    const many = Array.from({ length: RUNS_KEPT + 5 }, (_, second) => run(second));
    expect(ids(withRuns(many, []))[0]).toBe('run-5');
  });
});

it('lists a run that was followed to its end', () => {
  const finished: FinishedEvent = {
    seq: 1,
    time: '2026-01-01T12:00:05.000Z',
    type: 'finished',
    outcome: 'timeout',
    response: null,
    response_size: 0,
    response_truncated: false,
    error: null,
    notice: null,
    metrics: metrics(5),
  };
  const queued = queuedRun('a', '2026-01-01T12:00:00.000Z');
  expect(pastRun(NO_RUN)).toBeNull();
  expect(pastRun(queued)).toBeNull();
  expect(pastRun(fold(queued, [finished]))).toEqual({
    id: 'a',
    state: 'finished',
    outcome: 'timeout',
    metrics: metrics(5),
    created_at: '2026-01-01T12:00:00.000Z',
  });
});

describe('bars', () => {
  it('stands on one scale, the longest filling the height', () => {
    const drawn = bars([run(1, { metrics: metrics(20, 60) }), run(2, { metrics: metrics(40) })]);
    expect(drawn.map(({ init, invoke, cold }) => [init, invoke, cold])).toEqual([
      [75, 25, true],
      [0, 50, false],
    ]);
    expect(drawn[0]!.label).toMatch(/^\d\d:\d\d:\d\d, Succeeded, cold start, 20.00 ms, init 60.00 ms$/);
    expect(drawn[1]!.label).toMatch(/Succeeded, warm start, 40.00 ms$/);
  });

  it('draws what has no figures', () => {
    const [bar] = bars([run(1, { metrics: null, outcome: 'cancelled' })]);
    expect(bar).toMatchObject({ init: 0, invoke: 0, ok: false });
    expect(bar!.label).toMatch(/Cancelled$/);
    expect(bars([])).toEqual([]);
  });
});
