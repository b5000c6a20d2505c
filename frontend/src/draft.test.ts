import { describe, expect, it } from 'vitest';
import { parseDraft, type Draft } from './draft';

const draft: Draft = {
  files: [{ path: 'index.mjs', text: 'export {}' }],
  open: 0,
  handler: 'index.handler',
  environment: [{ key: 'AB', value: '1' }],
  memory: '128',
  timeout: '3',
  event: '{}',
};

describe('parseDraft', () => {
  it('reads back what was stored', () => expect(parseDraft(JSON.stringify(draft))).toEqual(draft));

  it.each([null, '', 'null', '[]', '{}', '{"files":[]}', '{"files":[{"path":1}]}'])(
    'takes %j for no draft',
    (text) => expect(parseDraft(text)).toBeNull(),
  );

  it('opens the first file when the open one is gone', () =>
    expect(parseDraft(JSON.stringify({ ...draft, open: 7 }))?.open).toBe(0));
});
