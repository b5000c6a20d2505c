/** All test events one after the other: what came of each, and how it differs from what was expected. Pure. */

import diff from 'microdiff';
import type { Outcome } from '../contract';
import { OUTCOMES } from '../state_words';

export interface EventResult {
  name: string;
  state: 'waiting' | 'running' | 'passed' | 'failed' | 'cancelled';
  /** Id of its run. */
  run: string | null;
  /** What came of it, in words. */
  words: string;
  /** Places of the response that are not as expected. */
  differences: string[];
}

export interface Answered {
  outcome: Outcome | null;
  response: string | null;
  response_truncated: boolean;
}

const DIFFERENCES_MAX = 20;

export const waiting = (names: readonly string[]): EventResult[] =>
  names.map((name) => ({ name, state: 'waiting', run: null, words: 'Waiting', differences: [] }));

export const withResult = (
  results: readonly EventResult[],
  index: number,
  change: Partial<EventResult>,
): EventResult[] => results.map((result, at) => (at === index ? { ...result, ...change } : result));

const said = (value: unknown): string => {
  const text = JSON.stringify(value) ?? 'nothing';
  return text.length > 200 ? `${text.slice(0, 200)}…` : text;
};

const place = (path: readonly (string | number)[]): string =>
  ['the response', ...path.slice(1)].reduce<string>(
    (all, part) => (typeof part === 'number' ? `${all}[${part}]` : all === '' ? part : `${all}.${part}`),
    '',
  );

/** Each difference of two JSON texts as a sentence; none where they say the same. */
export function differences(expected: string, response: string | null): string[] {
  let wanted: unknown;
  try {
    wanted = JSON.parse(expected);
  } catch {
    return ['The expected response is no JSON: correct it first.'];
  }
  if (response === null) return ['There was no response.'];
  let had: unknown;
  try {
    had = JSON.parse(response);
  } catch {
    return [`The response is no JSON: ${said(response)}.`];
  }
  return diff({ response: wanted }, { response: had }).map((one) => {
    const where = place(one.path);
    if (one.type === 'CREATE') return `${where} is there, but was not expected: ${said(one.value)}`;
    if (one.type === 'REMOVE') return `${where} is missing: expected ${said(one.oldValue)}`;
    return `${where} is ${said(one.value)}, expected ${said(one.oldValue)}`;
  });
}

/** Whether a run passed: it gave what was expected, or, where nothing is, it succeeded. */
export function judged(expected: string | undefined, answered: Answered): Partial<EventResult> {
  const { outcome, response } = answered;
  const words = outcome ? OUTCOMES[outcome] : 'Unknown';
  if (outcome === 'cancelled') return { state: 'cancelled', words };
  if (expected === undefined) return { state: outcome === 'ok' ? 'passed' : 'failed', words };
  if (answered.response_truncated) {
    return { state: 'failed', words, differences: ['The response is too large to be compared.'] };
  }
  const found = differences(expected, response);
  if (found.length === 0) return { state: 'passed', words: 'As expected' };
  const more = found.length - DIFFERENCES_MAX;
  return {
    state: 'failed',
    words: outcome === 'ok' ? 'Not as expected' : words,
    differences: more > 0 ? [...found.slice(0, DIFFERENCES_MAX), `and ${more} more`] : found,
  };
}

/** All of it in one sentence. */
export function summary(results: readonly EventResult[]): string {
  const count = (state: EventResult['state']) => results.filter((result) => result.state === state).length;
  const over = count('passed') + count('failed') + count('cancelled');
  if (over < results.length) return `${over} of ${results.length} done`;
  const parts = [`${count('passed')} passed`, `${count('failed')} failed`];
  if (count('cancelled') > 0) parts.push(`${count('cancelled')} cancelled`);
  return parts.join(', ');
}
