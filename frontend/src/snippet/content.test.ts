import { expect, test } from 'vitest';
import { FIRST } from '../examples/first';
import { contentOf, draftOf, fingerprint } from './content';
import type { SnippetContent } from './contract';

const content = (draft = FIRST.draft): SnippetContent => {
  const told = contentOf(draft);
  if (typeof told === 'string') throw new Error(told);
  return told;
};

test('a draft comes back as it was sent', () => {
  const draft = {
    ...FIRST.draft,
    environment: [
      { key: 'B', value: '2' },
      { key: '', value: '' },
      { key: 'A', value: '1' },
    ],
    events: [{ name: 'one', text: '{"a": 1}', template: { id: 'sqs', fields: { b: 'c' } }, expected: '1' }],
    chosenEvent: 0,
  };
  const back = draftOf(content(draft));
  expect(fingerprint(content(back))).toBe(fingerprint(content(draft)));
  expect(back.events).toEqual(draft.events);
  expect(back.environment.map(({ key }) => key)).toEqual(['A', 'B']);
});

test('what was in view stays in view', () => {
  const files = [
    { path: 'index.mjs', text: '' },
    { path: 'b.mjs', text: '' },
  ];
  const events = ['one', 'two'].map((name) => ({ name, text: '1', template: null }));
  const before = { ...FIRST.draft, files, open: 1, tabs: ['b.mjs'], events, chosenEvent: 1 };
  expect(draftOf(content(before), before)).toMatchObject({ open: 1, tabs: ['b.mjs'], chosenEvent: 1 });
  expect(draftOf(content({ ...before, handler: 'b.handler' })).open).toBe(1);
});

test('the event that is there where nothing was said is none of the snippet', () => {
  const draft = { ...FIRST.draft, events: [{ name: 'event', text: '{}', template: null }] };
  expect(content(draft).test_events).toEqual([]);
});

test('what JSON cannot say is told instead', () => {
  const twice = [
    { key: 'A', value: '1' },
    { key: 'A', value: '2' },
  ];
  expect(contentOf({ ...FIRST.draft, environment: twice })).toMatch('a name of its own');
  expect(contentOf({ ...FIRST.draft, memory: '1.5' })).toBe('Memory must be a whole number');
});
