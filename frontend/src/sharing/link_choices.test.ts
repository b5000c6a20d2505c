import { describe, expect, test } from 'vitest';
import type { Share } from './contract';
import { asked, changeOf, choiceFaults, choicesOf, DAYS, KEPT, NEVER, newChoices } from './link_choices';
import { about, endOf, hasExpired } from './link_words';

const link: Share = {
  token: 't',
  url: '/s/t',
  version: null,
  public: false,
  expires_at: '2026-01-08T12:00:00.000Z',
  variables: [],
  runs: [],
  created_at: '2026-01-01T12:00:00.000Z',
  taken_back: false,
};
const before = Date.parse('2026-01-08T11:59:59.000Z');
const after = Date.parse('2026-01-08T12:00:00.000Z');

describe('a new link', () => {
  test('is to the newest version, unlisted, and stays', () => {
    expect(asked(newChoices())).toEqual({ version: null, public: false, expires_in_days: null });
  });

  test('ends after one of the offered numbers of days, or a typed one', () => {
    expect(asked({ ...newChoices(), expiry: '7' }).expires_in_days).toBe(7);
    expect(asked({ ...newChoices(), expiry: DAYS, days: ' 90 ' }).expires_in_days).toBe(90);
  });

  test.each(['', ' ', 'x', '1.5', '-1', '1e2', '0', '366'])('is not asked for with "%s" days', (days) => {
    const [fault] = choiceFaults({ ...newChoices(), expiry: DAYS, days });
    expect(fault?.field).toEqual(['expires_in_days']);
    expect(choiceFaults({ ...newChoices(), days })).toEqual([]);
  });
});

describe('a change', () => {
  test('of nothing asks for nothing', () => {
    expect(changeOf(link, choicesOf(link))).toEqual({});
    expect(changeOf({ ...link, expires_at: null }, { ...choicesOf(link), expiry: NEVER })).toEqual({});
  });

  test('names only what is other than before', () => {
    expect(changeOf(link, { ...choicesOf(link), listed: 'public' })).toEqual({ public: true });
    expect(changeOf(link, { ...choicesOf(link), version: '2' })).toEqual({ version: 2 });
    expect(changeOf(link, { ...choicesOf(link), expiry: NEVER })).toEqual({ expires_in_days: null });
    expect(changeOf(link, { ...choicesOf(link), expiry: '30' })).toEqual({ expires_in_days: 30 });
    expect(choicesOf(link).expiry).toBe(KEPT);
  });
});

describe('in words a link', () => {
  test('has expired at the moment of its end and not before', () => {
    expect([hasExpired(link, before), hasExpired(link, after)]).toEqual([false, true]);
    expect(endOf(link, before)).toMatch(/^until 8 Jan 2026/);
    expect(endOf(link, after)).toMatch(/^expired 8 Jan 2026/);
    expect(endOf({ ...link, expires_at: null })).toBe('never expires');
  });

  test('says what goes along', () => {
    const full = { ...link, version: 3, public: true, expires_at: null, variables: ['A', 'B'], runs: ['1'] };
    expect(about(full)).toBe('version 3, public, never expires, with the value of A, B, with 1 run');
  });
});
