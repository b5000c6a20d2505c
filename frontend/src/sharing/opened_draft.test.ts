import { describe, expect, test } from 'vitest';
import type { StoredInvocation } from '../contract';
import type { Shared } from './contract';
import { draftOfRun, draftOfShared, withoutValue } from './opened_draft';

const content = {
  files: { 'a.mjs': '1', 'lib/main.mjs': '2', 'picture.png': null },
  handler: 'lib/main.handler',
  memory_size: 256,
  timeout: 5,
  ephemeral_storage: 512,
};
const shared: Shared = {
  ...content,
  token: 't',
  url: '/s/t',
  function_name: 'greet',
  description: '',
  version: 3,
  environment: { KEY: null, STAGE: 'test' },
  test_events: [{ name: 'first', event: '{"a":1}', expected: null, template: null }],
  runs: [],
};

describe('what a link holds', () => {
  test('is work of the same files, configuration and events', () => {
    const draft = draftOfShared(shared);
    expect(draft.files.map(({ path }) => path)).toEqual(['a.mjs', 'lib/main.mjs']);
    expect([draft.handler, draft.memory, draft.timeout]).toEqual(['lib/main.handler', '256', '5']);
    expect(draft.events).toEqual([{ name: 'first', text: '{"a":1}', template: null }]);
  });

  test('opens at the file of the handler', () => {
    const draft = draftOfShared(shared);
    expect(draft.files[draft.open]!.path).toBe('lib/main.mjs');
  });

  test('has every variable by its name, and the values that go along', () => {
    expect(draftOfShared(shared).environment).toEqual([
      { key: 'KEY', value: '' },
      { key: 'STAGE', value: 'test' },
    ]);
    expect(withoutValue(shared)).toEqual(['KEY']);
  });

  test('has a file and an event to begin with where it has none', () => {
    const draft = draftOfShared({ ...shared, files: {}, test_events: [] });
    expect([draft.files.length, draft.events.length]).toEqual([1, 1]);
  });
});

test('a run opens with the event that it was sent', () => {
  const run: StoredInvocation = {
    ...content,
    id: '1',
    created_at: '2026-01-01T00:00:00.000Z',
    function_name: 'greet',
    environment: { KEY: null },
    event: '{"b":2}',
  };
  expect(draftOfRun(run).events).toEqual([{ name: 'event', text: '{"b":2}', template: null }]);
  expect(draftOfRun(run).environment).toEqual([{ key: 'KEY', value: '' }]);
});
