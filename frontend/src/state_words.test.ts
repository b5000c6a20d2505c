import { describe, expect, it } from 'vitest';
import type { FinishedEvent, Outcome } from './contract';
import { fold, NO_RUN, queuedRun } from './run';
import { runningWords, stateWords } from './state_words';

const TIME = '2026-01-01T00:00:00.000Z';
const queued = queuedRun('a', TIME);

const finished = (outcome: Outcome): FinishedEvent => ({
  seq: 1,
  time: TIME,
  type: 'finished',
  outcome,
  response: null,
  response_size: 0,
  response_truncated: false,
  error: null,
  notice: null,
  metrics: null,
});

it('says where an invocation is', () => {
  expect(stateWords(NO_RUN, false, false).text).toBe('Not run yet');
  expect(stateWords(NO_RUN, true, false).text).toBe('Sending');
  expect(stateWords(queued, false, false).text).toBe('Queued');
  const inLine = (position: number) =>
    stateWords(fold(queued, [{ type: 'queue', position }]), false, false).text;
  expect(inLine(3)).toBe('Queued, 3rd in line');
  expect(inLine(1)).toBe('Queued, next in line');
  const init = fold(queued, [{ seq: 1, time: TIME, type: 'state', state: 'init' }]);
  expect(stateWords(init, false, false)).toEqual({ text: 'Initialising', tone: 'active' });
  expect(stateWords(init, false, true).text).toBe('Cancelling');
});

it('has words for every outcome, green for success alone', () => {
  const words = (outcome: Outcome) => stateWords(fold(queued, [finished(outcome)]), false, false);
  expect(words('ok')).toEqual({ text: 'Succeeded', tone: 'ok' });
  expect(words('cancelled')).toEqual({ text: 'Cancelled', tone: 'plain' });
  for (const outcome of [
    'function_error',
    'init_error',
    'timeout',
    'out_of_memory',
    'platform_error',
  ] as const) {
    expect(words(outcome).tone).toBe('bad');
    expect(words(outcome).text).not.toContain('_');
  }
});

describe('runningWords', () => {
  const asked = { files: {}, handler: 'index.handler', event: '{}', timeout: 3 };
  const running = fold(queuedRun('a', '2026-01-01T00:00:00.000Z', { asked }), [
    { seq: 1, time: '2026-01-01T00:00:00.200Z', type: 'state', state: 'running' },
  ]);

  it('counts from the moment the handler began, against its timeout', () => {
    expect(runningWords(running, 1_500)).toBe('1.30 s of 3 s');
    expect(runningWords(running, 100)).toBe('0.00 s of 3 s');
    expect(runningWords(running, 9_000)).toBe('3.00 s of 3 s');
  });

  it('says nothing of a run that does not run, or of which too little is known', () => {
    expect(runningWords(queuedRun('a', null, { asked }), 500)).toBeNull();
    expect(runningWords(running, null)).toBeNull();
    expect(runningWords({ ...running, asked: null }, 500)).toBeNull();
  });
});
