import { expect, test } from 'vitest';
import { compared, isSame } from './comparison';
import type { SnippetContent } from './contract';

const ONE: SnippetContent = {
  files: { 'index.mjs': 'one', 'old.mjs': 'old', 'same.mjs': 'same', 'image.png': null },
  handler: 'index.handler',
  memory_size: 128,
  timeout: 3,
  ephemeral_storage: 512,
  environment: { SAME: '1', OLD: '2', CHANGED: 'secret one' },
  test_events: [{ name: 'a', event: '{}', expected: '1' }],
};

test('a state is the same as itself', () => {
  expect(isSame(compared(ONE, structuredClone(ONE)))).toBe(true);
});

test('only what differs is listed, and no value of a variable', () => {
  const other: SnippetContent = {
    ...ONE,
    files: { 'index.mjs': 'two', 'new.mjs': 'new', 'same.mjs': 'same', 'image.png': null },
    memory_size: 256,
    environment: { SAME: '1', CHANGED: 'secret two', NEW: '3' },
    test_events: [{ name: 'a', event: '{}', expected: null }],
  };
  const comparison = compared(ONE, other);
  expect(comparison.files).toEqual([
    { name: 'index.mjs', before: 'one', after: 'two' },
    { name: 'old.mjs', before: 'old', after: null },
    { name: 'new.mjs', before: null, after: 'new' },
  ]);
  expect(comparison.configuration).toEqual([{ name: 'Memory', before: '128 MB', after: '256 MB' }]);
  expect(comparison.variables).toEqual([
    { name: 'OLD', became: 'removed' },
    { name: 'CHANGED', became: 'changed' },
    { name: 'NEW', became: 'added' },
  ]);
  expect(comparison.events).toEqual([{ name: 'a: expected response', before: '1', after: null }]);
  expect(JSON.stringify(comparison)).not.toContain('secret');
});
