import { expect, test } from 'vitest';
import { differences, judged, summary, waiting, withResult } from './run_all';

const answered = (response: string | null, outcome: 'ok' | 'function_error' | 'cancelled' = 'ok') => ({
  outcome,
  response,
  response_truncated: false,
});

test('each difference names its place', () => {
  expect(differences('{"a": [1, {"b": 2}], "c": 3}', '{"a": [1, {"b": 4}], "d": 5}')).toEqual([
    'the response.a[1].b is 4, expected 2',
    'the response.c is missing: expected 3',
    'the response.d is there, but was not expected: 5',
  ]);
  expect(differences('1', '2')).toEqual(['the response is 2, expected 1']);
});

test('the order of keys and the spaces make no difference', () => {
  expect(differences('{"a": 1, "b": [ ]}', '{"b":[],"a":1}')).toEqual([]);
  expect(differences('null', 'null')).toEqual([]);
});

test('what is no JSON is told', () => {
  expect(differences('{', '1')).toEqual(['The expected response is no JSON: correct it first.']);
  expect(differences('1', 'plain')).toEqual(['The response is no JSON: "plain".']);
  expect(differences('1', null)).toEqual(['There was no response.']);
});

test('without an expectation a run passes that succeeded', () => {
  expect(judged(undefined, answered('1'))).toMatchObject({ state: 'passed', words: 'Succeeded' });
  expect(judged(undefined, answered('{}', 'function_error'))).toMatchObject({ state: 'failed' });
});

test('with an expectation the response decides', () => {
  expect(judged('1', answered('1'))).toEqual({ state: 'passed', words: 'As expected' });
  expect(judged('1', answered('2'))).toMatchObject({ state: 'failed', words: 'Not as expected' });
  const error = '{"errorType": "Error"}';
  expect(judged(error, answered(error, 'function_error'))).toMatchObject({ state: 'passed' });
  expect(judged('1', { ...answered('1'), response_truncated: true })).toMatchObject({ state: 'failed' });
  expect(judged('1', answered(null, 'cancelled'))).toMatchObject({ state: 'cancelled' });
});

test('many differences are counted', () => {
  const numbers = (from: number) => JSON.stringify(Array.from({ length: 30 }, (_, n) => n + from));
  expect(judged(numbers(0), answered(numbers(1))).differences).toHaveLength(21);
});

test('the summary counts while they run and tells the end', () => {
  let results = waiting(['a', 'b']);
  expect(summary(results)).toBe('0 of 2 done');
  results = withResult(results, 0, { state: 'passed' });
  expect(summary(results)).toBe('1 of 2 done');
  expect(summary(withResult(results, 1, { state: 'failed' }))).toBe('1 passed, 1 failed');
  expect(summary(withResult(results, 1, { state: 'cancelled' }))).toBe('1 passed, 0 failed, 1 cancelled');
});
