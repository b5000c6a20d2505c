import { describe, expect, it } from 'vitest';
import type { FinishedEvent, Metrics } from './contract';
import { fold, NO_RUN, queuedRun } from './run';
import { timeLine } from './time_line';

const at = (ms: number) => new Date(Date.parse('2026-01-01T00:00:00.000Z') + ms).toISOString();

const finished = (seq: number, ms: number, metrics: Metrics | null): FinishedEvent => ({
  seq,
  time: at(ms),
  type: 'finished',
  outcome: 'ok',
  response: 'null',
  response_size: 4,
  response_truncated: false,
  error: null,
  notice: null,
  metrics,
});

const started = fold(queuedRun('a', at(0)), [
  { seq: 1, time: at(10), type: 'state', state: 'starting' },
  { seq: 2, time: at(30), type: 'state', state: 'init' },
]);

describe('timeLine', () => {
  it('has four empty segments before anything ran', () => {
    expect(timeLine(NO_RUN, 0).map((segment) => [segment.name, segment.percent, segment.label])).toEqual([
      ['queue', 0, '–'],
      ['sandbox', 0, '–'],
      ['init', 0, '–'],
      ['invoke', 0, '–'],
    ]);
  });

  it('grows the part that is under way', () => {
    expect(timeLine(started, 100).map((segment) => segment.ms)).toEqual([10, 20, 70, null]);
  });

  it('takes the measured figures at the end', () => {
    const metrics: Metrics = {
      duration_ms: 50,
      billed_duration_ms: 75,
      memory_size_mb: 128,
      max_memory_used_mb: 60,
      init_duration_ms: 25,
      cold_start: true,
      queue_ms: 5,
      sandbox_ms: 20,
    };
    const line = timeLine(fold(started, [finished(3, 110, metrics)]), 0);
    expect(line.map((segment) => segment.percent)).toEqual([5, 20, 25, 50]);
    expect(line.map((segment) => segment.label)).toEqual(['5 ms', '20 ms', '25.00 ms', '50.00 ms']);
  });

  it('draws an init phase that failed or was repeated as init, though Duration holds it', () => {
    const metrics: Metrics = {
      duration_ms: 3000,
      billed_duration_ms: 3000,
      memory_size_mb: 128,
      max_memory_used_mb: 60,
      init_duration_ms: null,
      cold_start: true,
      queue_ms: 10,
      sandbox_ms: 10_030,
    };
    const repeated = fold(started, [{ seq: 3, time: at(10_060), type: 'state', state: 'init' }]);
    const failed = timeLine(fold(repeated, [finished(4, 13_060, metrics)]), 0);
    expect(failed.map((segment) => segment.ms)).toEqual([10, 20, 13_010, null]);
    const ran = fold(repeated, [{ seq: 4, time: at(12_060), type: 'state', state: 'running' }]);
    const succeeded = timeLine(fold(ran, [finished(5, 13_060, metrics)]), 0);
    expect(succeeded.map((segment) => segment.label)).toEqual(['10 ms', '20 ms', '12030 ms', '980 ms']);
  });

  it('has no init in a warm start', () => {
    const metrics: Metrics = {
      duration_ms: 50,
      billed_duration_ms: 50,
      memory_size_mb: 128,
      max_memory_used_mb: 60,
      init_duration_ms: null,
      cold_start: false,
      queue_ms: 30,
      sandbox_ms: 20,
    };
    const line = timeLine(fold(queuedRun('a', at(0)), [finished(1, 110, metrics)]), 0);
    expect(line.map((segment) => segment.label)).toEqual(['30 ms', '20 ms', '–', '50.00 ms']);
  });

  it('closes with the last event when there are no figures, as after a cancel', () => {
    const line = timeLine(fold(started, [finished(3, 60, null)]), 9999);
    expect(line.map((segment) => segment.ms)).toEqual([10, 20, 30, null]);
  });
});
