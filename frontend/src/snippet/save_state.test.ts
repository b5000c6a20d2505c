import { expect, test } from 'vitest';
import { fingerprint } from './content';
import type { StoredSnippet } from './contract';
import { after, beginning, isBehind, type SaveState, saveWords, UNSAVED } from './save_state';

const SNIPPET: StoredSnippet = {
  id: 'a',
  function_name: 'orders',
  last_version: 2,
  revision_id: 'r1',
  forked_from: null,
  files: { 'index.mjs': '1', 'b.mjs': '2' },
  handler: 'index.handler',
  memory_size: 128,
  timeout: 3,
  ephemeral_storage: 512,
  environment: { A: '1', B: '2' },
  test_events: [{ name: 'event', event: '{}', expected: null, template: null }],
};
const changed = { ...SNIPPET, handler: 'other.handler' };
const SAVED = fingerprint(SNIPPET);
const stored = after(UNSAVED, { type: 'stored', snippet: SNIPPET });
const published = after(stored, { type: 'published', number: 2, content: SNIPPET });

const words = (state: SaveState, current: string | null = SAVED) => saveWords(state, current);

test('work that was never saved says so', () => {
  expect(words(UNSAVED)).toBe('Not saved');
  expect(words(after(UNSAVED, { type: 'sending' }))).toBe('Saving');
  expect(words(after(UNSAVED, { type: 'offline' }))).toBe('Offline, kept in this browser');
});

test('a version is told apart from what came after it', () => {
  expect(words(published)).toBe('Saved as version 2');
  expect(words(published, fingerprint(changed))).toBe('Changes since version 2');
  expect(words(stored)).toBe('Saved');
  expect(words(after(UNSAVED, { type: 'stored', snippet: { ...SNIPPET, last_version: 0 } }))).toBe(
    'Saved, no version yet',
  );
});

test('saving $LATEST keeps the version, and a version that came elsewhere has to be learnt', () => {
  const next = after(published, { type: 'stored', snippet: { ...changed, revision_id: 'r2' } });
  expect(next).toMatchObject({ revision: 'r2', published: SAVED, latest: fingerprint(changed) });
  expect(after(published, { type: 'stored', snippet: { ...SNIPPET, last_version: 3 } }).published).toBe(null);
});

test('trouble is told until it is over', () => {
  const offline = after(published, { type: 'offline' });
  expect(words(offline)).toBe('Offline, kept in this browser');
  expect(words(after(offline, { type: 'stored', snippet: SNIPPET }))).toBe('Saved as version 2');
  const refused = after(published, { type: 'refused' });
  expect(words(refused, fingerprint(changed))).toBe('Not saved: something is to be corrected');
  expect(words(published, null)).toBe('Not saved: something is to be corrected');
});

test('what somebody else made of it is kept until it is chosen', () => {
  const both = after(after(published, { type: 'sending' }), { type: 'changed', theirs: changed });
  expect(words(both)).toBe('Changed elsewhere');
  expect(both).toMatchObject({ saving: false, theirs: changed, latest: SAVED });
  expect(after(both, { type: 'stored', snippet: changed }).theirs).toBe(null);
});

test('only what the service lacks is sent', () => {
  expect(isBehind(stored, SAVED)).toBe(false);
  expect(isBehind(stored, fingerprint(changed))).toBe(true);
  expect(isBehind(UNSAVED, SAVED)).toBe(false);
});

test('the order of names makes no difference to a content', () => {
  const turned = { files: { 'b.mjs': '2', 'index.mjs': '1' }, environment: { B: '2', A: '1' } };
  expect(fingerprint({ ...SNIPPET, ...turned })).toBe(SAVED);
});

test('a page begins with what the service holds, unless this browser has more', () => {
  const mine = { id: 'a', revision: 'r1', behind: true };
  expect(beginning(SNIPPET, null, null)).toBe('theirs');
  expect(beginning(SNIPPET, { ...mine, id: 'b' }, changed)).toBe('theirs');
  expect(beginning(SNIPPET, { ...mine, behind: false }, changed)).toBe('theirs');
  expect(beginning(SNIPPET, mine, changed)).toBe('mine');
  expect(beginning(SNIPPET, { ...mine, revision: 'r0' }, changed)).toBe('both');
  expect(beginning(SNIPPET, { ...mine, revision: 'r0' }, SNIPPET)).toBe('theirs');
});
