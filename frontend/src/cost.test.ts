import { expect, it } from 'vitest';
import type { Metrics } from './contract';
import { costOfMillion, costOfRun, dollars } from './cost';

const metrics = (billed_duration_ms: number, memory_size_mb: number): Metrics => ({
  duration_ms: billed_duration_ms,
  billed_duration_ms,
  memory_size_mb,
  max_memory_used_mb: 60,
  init_duration_ms: null,
  cold_start: false,
  queue_ms: null,
  sandbox_ms: null,
});

it('counts the request and the billed GB-seconds', () => {
  // A second at 1,024 MB is one GB-second.
  expect(costOfRun(metrics(1_000, 1_024))).toBeCloseTo(0.0000002 + 0.0000166667, 12);
  expect(costOfMillion(metrics(1_000, 1_024))).toBeCloseTo(16.8667, 6);
  expect(costOfMillion(metrics(93, 256))).toBeCloseTo(0.2 + 0.093 * 0.25 * 16.6667, 6);
});

it('grows with memory and time alone, never below the price of the request', () => {
  expect(costOfMillion(metrics(0, 10_240))).toBeCloseTo(0.2, 9);
  expect(costOfMillion(metrics(100, 512)) - 0.2).toBeCloseTo(2 * (costOfMillion(metrics(100, 256)) - 0.2), 9);
});

it.each([
  [15_001.2, '$15,001'],
  [16.8667, '$16.87'],
  [0.5875, '$0.59'],
  [0.0000168667, '$0.000017'],
  [0.00000039, '$0.00000039'],
])('tells %d as %s', (usd, text) => {
  expect(dollars(usd)).toBe(text);
});
