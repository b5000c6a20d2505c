import { expect, it } from 'vitest';
import type { Draft } from './draft';
import { broughtBack, isInEditor } from './run_files';

const draft: Draft = {
  files: [
    { path: 'index.mjs', text: 'now' },
    { path: 'new.mjs', text: 'new' },
  ],
  open: 1,
  tabs: ['new.mjs', 'index.mjs'],
  handler: 'index.handler',
  environment: [{ key: 'A', value: '1' }],
  memory: '256',
  timeout: '3',
  ephemeralStorage: '512',
  events: [{ name: 'event', text: '{}', template: null }],
  chosenEvent: 0,
};
const asked = (files: Record<string, string | null>) => ({
  files,
  event: '{}',
  timeout: 3,
  handler: 'index.old',
});

it('brings back files and handler, and leaves the rest as it is', () => {
  const back = broughtBack(draft, asked({ 'index.mjs': 'then', 'old.mjs': 'old', 'logo.png': null }));
  expect(back).toEqual({
    ...draft,
    files: [
      { path: 'index.mjs', text: 'then' },
      { path: 'old.mjs', text: 'old' },
    ],
    open: 0,
    tabs: ['index.mjs'],
    handler: 'index.old',
  });
});

it('shows the file that was shown, and opens all where no tab is left', () => {
  expect(broughtBack(draft, asked({ 'a.mjs': '', 'new.mjs': '' })).open).toBe(1);
  expect(broughtBack(draft, asked({ 'a.mjs': '', 'b.mjs': '' })).tabs).toEqual(['a.mjs', 'b.mjs']);
});

it('knows what is in the editor', () => {
  const same = { 'index.mjs': 'now', 'new.mjs': 'new' };
  expect(isInEditor({ ...draft, handler: 'index.old' }, asked(same))).toBe(true);
  expect(isInEditor(draft, asked(same))).toBe(false);
  const old = { ...draft, handler: 'index.old' };
  expect(isInEditor(old, asked({ ...same, 'more.mjs': '' }))).toBe(false);
  expect(isInEditor(old, asked({ ...same, 'new.mjs': 'other' }))).toBe(false);
});
