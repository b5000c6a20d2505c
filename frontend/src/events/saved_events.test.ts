import { describe, expect, it } from 'vitest';
import {
  added,
  changed,
  chosen,
  chosenOf,
  duplicated,
  freeName,
  nameFault,
  namesOf,
  removed,
  type SavedEvents,
} from './saved_events';

const saved = (...names: string[]): SavedEvents => ({
  rows: names.map((name, id) => ({ id, name, text: `"${name}"`, template: null })),
  chosenId: 0,
});

describe('added', () => {
  it('puts an event at the end and chooses it', () => {
    const next = added(saved('order'), { name: 'empty', text: '{}', template: null }, 7);
    expect(namesOf(next)).toEqual(['order', 'empty']);
    expect(chosenOf(next)).toEqual({ id: 7, name: 'empty', text: '{}', template: null });
  });

  it('finds a free name', () => {
    const next = added(saved('event', 'event-2'), { name: 'event', text: '{}', template: null }, 7);
    expect(chosenOf(next).name).toBe('event-3');
  });
});

describe('duplicated', () => {
  it('puts a copy behind the original, with its template, and chooses it', () => {
    const template = { id: 'sqs', fields: { body: 'hello' } };
    const next = duplicated(changed(saved('a', 'b'), 0, { template }), 0, 7);
    expect(namesOf(next)).toEqual(['a', 'a-2', 'b']);
    expect(chosenOf(next)).toEqual({ id: 7, name: 'a-2', text: '"a"', template });
  });
});

describe('removed', () => {
  it('chooses the neighbour of the chosen one', () => {
    const three = chosen(saved('a', 'b', 'c'), 1);
    expect(chosenOf(removed(three, 1)).name).toBe('a');
    expect(chosenOf(removed(chosen(three, 0), 0)).name).toBe('b');
  });

  it('keeps the choice when another one goes', () => {
    expect(chosenOf(removed(chosen(saved('a', 'b', 'c'), 2), 0)).name).toBe('c');
  });

  it('leaves the last one', () => expect(namesOf(removed(saved('a'), 0))).toEqual(['a']));
});

describe('chosen and changed', () => {
  it('know no event that is not there', () => {
    expect(chosen(saved('a'), 9).chosenId).toBe(0);
    expect(changed(saved('a'), 9, { name: 'b' })).toEqual(saved('a'));
  });

  it('change one event and keep its id', () => {
    expect(changed(saved('a', 'b'), 1, { name: 'c' }).rows[1]).toMatchObject({ id: 1, name: 'c' });
  });
});

describe('nameFault', () => {
  it.each(['order', 'api-gateway.v2', 'A_1', 'x'.repeat(25)])('takes %s', (name) =>
    expect(nameFault(name, ['empty'])).toBeNull(),
  );

  it.each([
    ['', /a name/],
    ['two words', /letters, digits/],
    ['größe', /letters, digits/],
    ['x'.repeat(26), /25/],
    ['empty', /already/],
  ])('refuses %j', (name, sentence) => expect(nameFault(name, ['empty'])).toMatch(sentence));
});

describe('freeName', () => {
  it('keeps to the length of a name', () => {
    const long = 'x'.repeat(25);
    expect(freeName(long, [])).toBe(long);
    expect(freeName(long, [long])).toBe(`${'x'.repeat(23)}-2`);
  });
});
