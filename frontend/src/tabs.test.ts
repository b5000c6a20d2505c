import { expect, test } from 'vitest';
import { tabAfterKey } from './tabs';

test.each([
  ['ArrowRight', 0, 1],
  ['ArrowRight', 2, 0],
  ['ArrowLeft', 1, 0],
  ['ArrowLeft', 0, 2],
  ['Home', 2, 0],
  ['End', 0, 2],
])('%s leads from tab %i of three to %i', (key, at, to) => {
  expect(tabAfterKey(key, at, 3)).toBe(to);
});

test('a single tab leads to itself, and other keys lead nowhere', () => {
  expect(tabAfterKey('ArrowLeft', 0, 1)).toBe(0);
  expect(tabAfterKey('ArrowDown', 0, 3)).toBeUndefined();
});
