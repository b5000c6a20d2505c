import { describe, expect, it } from 'vitest';
import { eventText } from '../events/fill_in';
import { nameFault } from '../events/saved_events';
import { TEMPLATES } from '../events/templates';
import { HandlerFinder } from '../handlers/handler_suggestions';
import { jsonFault } from '../json_text';
import { EXAMPLES } from './all';
import { sameWork } from './example';
import { FIRST } from './first';
import { KEPT_MAX, parseKept, withoutWork, withWork } from './kept_work';

const work = (text: string) => ({ ...FIRST.draft, files: [{ path: 'index.mjs', text }] });

describe('the examples', () => {
  it('are all there, the first among them', () => {
    const folders = Object.keys(import.meta.glob('./*/example.json'));
    expect(EXAMPLES.map(({ id }) => `./${id}/example.json`).sort()).toEqual(folders.sort());
    expect(EXAMPLES.find(({ id }) => id === FIRST.id)).toEqual(FIRST);
  });

  it.each(EXAMPLES.map((example) => [example.id, example] as const))('%s is whole', (_, { draft, about }) => {
    expect(about).toMatch(/\.$/);
    expect(new HandlerFinder().find(draft.files)).toContain(draft.handler);
    expect(draft.files[0]!.text).toMatch(/^\s*\/\//m);
    for (const { name, text } of draft.events) {
      expect(nameFault(name, [])).toBeNull();
      expect(jsonFault(text), name).toBeNull();
    }
  });

  it('have events that are just what their templates make', () => {
    for (const { name, text, template } of EXAMPLES.flatMap(({ draft }) => draft.events)) {
      if (!template) continue;
      const made = eventText(
        TEMPLATES.find(({ id }) => id === template.id)!,
        template.fields,
      );
      expect(text, name).toBe(made);
    }
  });
});

describe('kept work', () => {
  it('has the newest in front, each once', () => {
    const kept = withWork(withWork(withWork([], work('a'), 1), work('b'), 2), work('a'), 3);
    expect(kept.map(({ at, draft }) => [at, draft.files[0]!.text])).toEqual([
      [3, 'a'],
      [2, 'b'],
    ]);
    expect(withoutWork(kept, work('b'))).toHaveLength(1);
  });

  it('lets the oldest go', () => {
    let kept = withWork([], work('first'), 0);
    for (let at = 1; at <= KEPT_MAX; at += 1) kept = withWork(kept, work(String(at)), at);
    expect(kept).toHaveLength(KEPT_MAX);
    expect(kept.at(-1)!.at).toBe(1);
  });

  it('reads back what was stored, and leaves out what it cannot read', () => {
    const kept = withWork([], work('a'), 1);
    expect(parseKept(JSON.stringify(kept))).toEqual(kept);
    expect(parseKept(JSON.stringify([...kept, { at: 1, draft: {} }, { at: 'x', draft: work('b') }]))).toEqual(
      kept,
    );
    expect(parseKept('nonsense')).toEqual([]);
    expect(parseKept(null)).toEqual([]);
  });

  it('is the same work whatever is in view', () => {
    expect(sameWork(FIRST.draft, { ...FIRST.draft, chosenEvent: 3 })).toBe(true);
    expect(sameWork(FIRST.draft, { ...FIRST.draft, timeout: '4' })).toBe(false);
  });
});
