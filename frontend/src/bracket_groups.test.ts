import { describe, expect, it } from 'vitest';
import { bracketGroups, colouredRanges, type Group } from './bracket_groups';

/** Groups as nested arrays of their entries' texts, a group within an entry after it. */
const shape = (text: string, groups: Group[] = bracketGroups(text)): unknown[] =>
  groups.map((group) =>
    group.entries.flatMap((entry) => [text.slice(entry.from, entry.to), ...shape(text, entry.groups)]),
  );

describe('bracketGroups', () => {
  it('finds an object as console.log prints it, with what stands before it', () => {
    const text = 'price above limit { amount: 199.99, tags: [ \'a, b\', "c]" ] } done';
    const [group] = bracketGroups(text);
    expect(text.slice(group!.from, group!.to)).toBe('{ amount: 199.99, tags: [ \'a, b\', "c]" ] }');
    expect(shape(text)).toEqual([['amount: 199.99', 'tags: [ \'a, b\', "c]" ]', ["'a, b'", '"c]"']]]);
  });

  it('finds JSON, nested and over several lines', () => {
    const text = JSON.stringify({ a: { b: [1, 2] }, c: '}"{' }, null, 2);
    expect(shape(text)).toEqual([
      [
        '"a": {\n    "b": [\n      1,\n      2\n    ]\n  }',
        ['"b": [\n      1,\n      2\n    ]', ['1', '2']],
        '"c": "}\\"{"',
      ],
    ]);
  });

  it('leaves words in brackets alone, but not what is within them', () => {
    for (const text of ['[INFO] started', '[Function: f]', '[Object]', '{}', '[ ]', '[1]', '{ braces }']) {
      expect(bracketGroups(text)).toEqual([]);
    }
    expect(shape('[Error: x { code: 1 }]')).toEqual([['Error: x { code: 1 }', ['code: 1']]]);
  });

  it('takes brackets without a partner for text', () => {
    for (const text of ['{ a: 1', ']}', '{ a: [1, 2 }', ':-[', "{ it's, a: 1"]) {
      expect(bracketGroups(text)).toEqual([]);
    }
    expect(shape('{ a ] then { b: 1 }')).toEqual([['b: 1']]);
    expect(shape("{ reason: it's so, b: 2 }")).toEqual([["reason: it's so", 'b: 2']]);
  });

  it('reads twenty thousand levels without a stack of its own', () => {
    const depth = 20_000;
    expect(bracketGroups('[{"a":1},'.repeat(depth) + '0' + ']'.repeat(depth))).toHaveLength(1);
  });
});

describe('colouredRanges', () => {
  it('tells keys, strings, numbers and words apart', () => {
    const text = '{ "a": "x: 1", b: -2.5e3, c: true, d: Map(1), e: 10n, f: undefined }';
    const told = colouredRanges(text, 0, text.length).map(({ from, to, style }) => [
      text.slice(from, to),
      style,
    ]);
    expect(told).toEqual([
      ['"a"', 'key'],
      ['"x: 1"', 'string'],
      ['b', 'key'],
      ['-2.5e3', 'number'],
      ['c', 'key'],
      ['true', 'word'],
      ['d', 'key'],
      ['1', 'number'],
      ['e', 'key'],
      ['10n', 'number'],
      ['f', 'key'],
      ['undefined', 'word'],
    ]);
  });
});
