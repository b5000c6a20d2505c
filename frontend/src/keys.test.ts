import { expect, it } from 'vitest';
import { KEYS, keyParts } from './keys';

it('writes keys as the computer has them', () => {
  expect(keyParts('Ctrl+Shift+Enter', false)).toEqual(['Ctrl', 'Shift', 'Enter']);
  expect(keyParts('Ctrl+Shift+Enter', true)).toEqual(['⌘', '⇧', 'Enter']);
  expect(keyParts('F8', true)).toEqual(['F8']);
});

it('tells every key once', () => {
  const combinations = KEYS.flatMap(({ keys }) => keys.map((one) => one.keys.join(' ')));
  expect(new Set(combinations).size).toBe(combinations.length);
});
