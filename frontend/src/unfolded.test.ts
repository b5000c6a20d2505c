import { expect, it } from 'vitest';
import { bracketGroups } from './bracket_groups';
import { unfolded } from './unfolded';

it('unfolds the outer groups first and stops where there is no room', () => {
  const text = '{"a":{"b":{"c":1,"d":2}},"e":[1,2,3]}';
  const groups = bracketGroups(text);
  expect(unfolded(groups, 100).map((from) => text.slice(from, from + 4))).toEqual([
    '{"a"',
    '{"b"',
    '[1,2',
    '{"c"',
  ]);
  expect(unfolded(groups, 5).map((from) => text.slice(from, from + 4))).toEqual(['{"a"', '{"b"']);
  expect(unfolded(groups, 0)).toEqual([]);
});

it('counts what is drawn of a long group', () => {
  const groups = bracketGroups(JSON.stringify(Array.from({ length: 10_000 }, (_, n) => n)));
  expect(unfolded(groups, 200)).toEqual([0]);
});
