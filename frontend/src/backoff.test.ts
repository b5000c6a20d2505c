import { expect, it } from 'vitest';
import { backoff } from './backoff';

it('waits longer after each failure, up to eight seconds', () => {
  expect([0, 1, 2, 3, 4, 5, 6, 20].map((attempt) => backoff(attempt, 0.5))).toEqual([
    250, 500, 1000, 2000, 4000, 8000, 8000, 8000,
  ]);
});

it('spreads the waits by a fifth', () => {
  expect(backoff(2, 0)).toBe(900);
  expect(backoff(2, 1)).toBe(1100);
});
