import { describe, expect, test } from 'vitest';
import { PLACES_MAX } from '../kept_places';
import { Memory, NOTHING } from '../storage_for_tests';
import { Drafts } from './drafts';
import type { PlanForm } from './form';

const draft = (time: number, title = '') => ({
  revision: 1,
  time,
  form: { title, exercises: [] } as unknown as PlanForm,
});

describe('what is kept of unsaved work', () => {
  test('is found by the same tab after it was loaded again, and offered to another', () => {
    const [local, session] = [new Memory(), new Memory()];
    const first = new Drafts('w', local, session, 'one');
    first.keep(draft(1));
    first.leave();
    expect(new Drafts('w', local, session, 'two').own()?.time).toBe(1);
    const other = new Drafts('w', local, new Memory(), 'three');
    expect(other.own()).toBeNull();
    expect(other.other()?.draft.time).toBe(1);
    expect(new Drafts('x', local, new Memory(), 'four').other()).toBeNull();
  });

  test('of a tab that is copied stays with the first', () => {
    const [local, session] = [new Memory(), new Memory()];
    session.setItem('plan-tab', 'one');
    const first = new Drafts('w', local, session, 'two');
    first.keep(draft(1));
    const copy = new Memory();
    for (const [key, value] of session.entries) copy.setItem(key, value);
    expect(new Drafts('w', local, copy, 'three').own()).toBeNull();
  });

  test('is kept to a number, over all workshops: the oldest go, and what the tab itself has stays', () => {
    const local = new Memory();
    const session = new Memory();
    const own = new Drafts('own', local, session, 'tab');
    const others = Array.from({ length: 20 }, (_, time) => new Drafts(`w${time}`, local, new Memory()));
    own.keep(draft(0));
    own.leave();
    others.forEach((drafts, time) => drafts.keep(draft(time + 1)));
    expect(new Drafts('own', local, session).own()?.time).toBe(0);
    expect(local.length).toBe(PLACES_MAX);
    expect(new Drafts('w19', local, new Memory()).other()?.draft.time).toBe(20);
    expect(new Drafts('w1', local, new Memory()).other()).toBeNull();
  });

  test('makes room for what is typed now, the oldest first', () => {
    const local = new Memory(1_000);
    const tab = (name: string) => new Drafts('w', local, new Memory(), name);
    tab('one').keep(draft(1, 'a'.repeat(300)));
    tab('two').keep(draft(2, 'b'.repeat(100)));
    expect(tab('three').keep(draft(3, 'c'.repeat(500)))).toBe(true);
    expect([...local.entries.keys()]).toEqual(['plan/w/two', 'plan/w/three']);
  });

  test('is told where there is no room, and passed over where it cannot be read', () => {
    const local = new Memory();
    local.setItem('plan/w/one', '{');
    local.setItem('plan/w/two', 'null');
    expect(new Drafts('w', local, new Memory(), 'one').own()).toBeNull();
    expect(new Drafts('w', local, new Memory(), 'one').other()).toBeNull();
    expect(new Drafts('w', new Memory(10), new Memory(), 'one').keep(draft(1))).toBe(false);
  });

  test('is in the page alone where a browser keeps nothing', () => {
    const drafts = new Drafts('w', NOTHING, NOTHING, 'one');
    expect(drafts.own()).toBeNull();
    expect(drafts.keep(draft(1))).toBe(false);
    drafts.leave();
    drafts.drop();
  });
});
