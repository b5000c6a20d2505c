import { beforeEach, describe, expect, it } from 'vitest';
import type { Draft } from './draft';
import { DraftStore } from './draft_store';
import { Memory, NOTHING } from './storage_for_tests';

const draft = (text: string): Draft => ({
  files: [{ path: 'index.mjs', text }],
  open: 0,
  tabs: ['index.mjs'],
  handler: 'index.handler',
  environment: [],
  memory: '128',
  timeout: '3',
  ephemeralStorage: '512',
  events: [{ name: 'empty', text: '{}', template: null }],
  chosenEvent: 0,
});
const textOf = (one: Draft | null): string | undefined => one?.files[0]?.text;

let local: Memory;
let clock: number;
let ids: number;
beforeEach(() => {
  local = new Memory();
  clock = 0;
  ids = 0;
});
const tab = (session = new Memory()): DraftStore =>
  new DraftStore(
    local,
    session,
    () => `tab-${++ids}`,
    () => ++clock,
  );

describe('the drafts of several tabs', () => {
  it('do not overwrite each other', () => {
    const [first, second] = [new Memory(), new Memory()];
    const one = tab(first);
    const other = tab(second);
    one.save(draft('one'));
    other.save(draft('other'));
    one.save(draft('one again'));
    expect(textOf(tab(first).load())).toBe('one again');
    expect(textOf(tab(second).load())).toBe('other');
  });

  it('are found by a new tab, the latest one first', () => {
    expect(tab().load()).toBeNull();
    tab().save(draft('early'));
    tab().save(draft('late'));
    const third = tab();
    expect(textOf(third.load())).toBe('late');
    expect(third.begunWith).toBe('tab-3');
  });

  it('part when a tab was duplicated', () => {
    const session = new Memory();
    const one = tab(session);
    one.save(draft('one'));
    const copy = tab(session);
    copy.moveOn();
    copy.save(draft('copy'));
    expect(textOf(tab(session).load())).toBe('copy');
    one.save(draft('one'));
    expect([...local.entries.keys()]).toHaveLength(2);
  });

  it('are kept to a number', () => {
    for (let count = 0; count < 20; count += 1) tab().save(draft(String(count)));
    expect(local.length).toBe(8);
    expect(textOf(tab().load())).toBe('19');
  });

  it('make room for the one that is being written, oldest first', () => {
    local = new Memory(1_000);
    tab().save(draft('a'.repeat(300)));
    tab().save(draft('b'.repeat(100)));
    expect(tab().save(draft('c'.repeat(300)))).toBe(true);
    expect(textOf(tab().load())).toBe('c'.repeat(300));
    expect(tab().save(draft('d'.repeat(2_000)))).toBe(false);
  });

  it('are taken over from the one place that there was before', () => {
    local.setItem('playground.draft.1', JSON.stringify(draft('old')));
    const first = tab();
    expect(textOf(first.load())).toBe('old');
    first.save(draft('new'));
    expect(local.getItem('playground.draft.1')).toBeNull();
  });

  it('are of no use when they are broken', () => {
    local.setItem('playground.draft.2.x', '{"savedAt":1,"draft":{"files":[]}}');
    local.setItem('playground.draft.2.y', '{');
    expect(tab().load()).toBeNull();
  });

  it('are gone when they are forgotten', () => {
    const one = tab();
    one.save(draft('one'));
    one.forget();
    expect(local.length).toBe(0);
  });

  it('are in the page alone where a browser keeps nothing', () => {
    const store = new DraftStore(NOTHING, NOTHING, () => 'x');
    expect(store.load()).toBeNull();
    expect(store.save(draft('one'))).toBe(false);
  });
});
