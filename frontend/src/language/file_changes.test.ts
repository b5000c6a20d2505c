import { expect, it } from 'vitest';
import { fileChanges } from './file_changes';

const told = new Map([
  ['same.mjs', '1'],
  ['edited.mjs', '1'],
  ['removed.mjs', '1'],
]);

it('tells what is new, what was edited and what is gone, and nothing else', () => {
  const now = [
    { path: 'same.mjs', text: '1' },
    { path: 'edited.mjs', text: '2' },
    { path: 'new.mjs', text: '' },
  ];
  expect(fileChanges(told, now)).toEqual({
    changed: [
      { path: 'edited.mjs', text: '2' },
      { path: 'new.mjs', text: '' },
    ],
    gone: ['removed.mjs'],
  });
});
