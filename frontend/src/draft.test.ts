import { describe, expect, it } from 'vitest';
import { parseDraft, parseLastRun, type Draft, type LastRun } from './draft';

const draft: Draft = {
  files: [{ path: 'index.mjs', text: 'export {}' }],
  open: 0,
  tabs: ['index.mjs'],
  handler: 'index.handler',
  environment: [{ key: 'AB', value: '1' }],
  memory: '128',
  timeout: '3',
  ephemeralStorage: '1024',
  events: [
    { name: 'empty', text: '{}', template: null },
    { name: 'queue', text: '{"Records":[]}', template: { id: 'sqs', fields: { body: 'x' } } },
  ],
  chosenEvent: 1,
};

describe('parseDraft', () => {
  it('reads back what was stored', () => expect(parseDraft(JSON.stringify(draft))).toEqual(draft));

  it.each([null, '', 'null', '[]', '{}', '{"files":[]}', '{"files":[{"path":1}]}'])(
    'takes %j for no draft',
    (text) => expect(parseDraft(text)).toBeNull(),
  );

  it('reads the one event of an earlier page', () => {
    const { events: _, chosenEvent: __, ephemeralStorage: ___, ...rest } = draft;
    expect(parseDraft(JSON.stringify({ ...rest, event: '[1]' }))).toMatchObject({
      events: [{ name: 'event', text: '[1]', template: null }],
      chosenEvent: 0,
      ephemeralStorage: '512',
    });
  });

  it('forgets a template that it cannot read, and keeps the event', () => {
    const events = [{ name: 'a', text: '{}', template: { id: 'sqs', fields: { body: 1 } } }];
    expect(parseDraft(JSON.stringify({ ...draft, events }))?.events).toEqual([
      { name: 'a', text: '{}', template: null },
    ]);
  });

  it('chooses the first event when the chosen one is gone', () =>
    expect(parseDraft(JSON.stringify({ ...draft, chosenEvent: 2 }))?.chosenEvent).toBe(0));

  it('opens the first file when the open one is gone', () =>
    expect(parseDraft(JSON.stringify({ ...draft, open: 7 }))?.open).toBe(0));
});

describe('parseLastRun', () => {
  const last: LastRun = { id: 'a', created: '2026-01-01T00:00:00.000Z', clickedAt: 1, elapsed: null };

  it('reads back what was stored', () => expect(parseLastRun(JSON.stringify(last))).toEqual(last));

  it.each([null, '', 'null', '1', '{}', '{"id":"a"}', '0b1c1a9f-d00b-4b13-98c7-00e18212f238'])(
    'takes %j for no run',
    (text) => expect(parseLastRun(text)).toBeNull(),
  );
});
