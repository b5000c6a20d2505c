import { expect, it } from 'vitest';
import { EventOutcomes } from './event_outcomes.svelte';

it('keeps the last outcome of each event', () => {
  const outcomes = new EventOutcomes();
  expect(outcomes.of(1, false)).toBeNull();
  outcomes.begun(1);
  expect([outcomes.of(1, true), outcomes.of(2, true)]).toEqual(['running', null]);
  outcomes.ended('ok');
  outcomes.begun(2);
  expect([outcomes.of(1, true), outcomes.of(2, true)]).toEqual(['ok', 'running']);
  outcomes.ended('timeout');
  outcomes.begun(1);
  outcomes.refused();
  expect([outcomes.of(1, false), outcomes.of(2, false)]).toEqual(['ok', 'timeout']);
});

it('gives an outcome to nobody when what was sent is no event of the list', () => {
  const outcomes = new EventOutcomes();
  outcomes.begun(null);
  outcomes.ended('ok');
  outcomes.ended('timeout');
  expect(outcomes.of(1, false)).toBeNull();
});

it('no longer runs once nothing runs, though no end was heard', () => {
  const outcomes = new EventOutcomes();
  outcomes.begun(1);
  expect(outcomes.of(1, false)).toBeNull();
});
