import { describe, expect, it } from 'vitest';
import { isJson, jsonFault, prettyTokens, withSpaces } from './json_text';

const pretty = (text: string) =>
  prettyTokens(text)
    .map((token) => token.text)
    .join('');

describe('prettyTokens', () => {
  it('indents as JSON.stringify does', () => {
    const value = { a: [1, { b: null }, [], {}], c: 'x, {y}: "z"', d: true, e: [[1], [2]] };
    expect(pretty(JSON.stringify(value))).toBe(JSON.stringify(value, null, 2));
    expect(pretty(` {"a" : [ ] } `)).toBe('{\n  "a": []\n}');
  });

  it('keeps every number and escape as it was sent', () => {
    expect(pretty('[12345678901234567890,1.0,1e3,"\\u00e9\\/"]')).toBe(
      '[\n  12345678901234567890,\n  1.0,\n  1e3,\n  "\\u00e9\\/"\n]',
    );
  });

  it.each(['null', '"text"', '-0.50', 'true'])('shows %s as it is', (text) =>
    expect(pretty(text)).toBe(text),
  );

  it('tells keys from text', () => {
    expect(prettyTokens('{"a" : "b"}').filter((token) => token.kind !== 'plain')).toEqual([
      { text: '"a"', kind: 'key' },
      { text: '"b"', kind: 'string' },
    ]);
  });
});

describe('jsonFault', () => {
  it.each(['{}', 'null', ' [1, "a"] ', '{"a":{"b":[]}}', '"x"'])('finds none in %s', (text) =>
    expect(jsonFault(text)).toBeNull(),
  );

  it.each([
    ['{"a":1,}', 1, 8],
    ['{\n  "a": 1\n  "b": 2\n}', 3, 3],
    ["{'a': 1}", 1, 2],
    ['{"a" 1}', 1, 6],
    ['[1, 2', 1, 6],
    ['{"a":\n  tru}', 2, 3],
    ['{} {}', 1, 4],
    ['"open', 1, 1],
    ['01', 1, 2],
    ['[1,]', 1, 4],
    ['{"a":}', 1, 6],
    ['', 1, 1],
    ['[NaN]', 1, 2],
    ['"\t"', 1, 1],
  ])('places the fault of %j at line %i, column %i', (text, line, column) => {
    expect(jsonFault(text)).toMatchObject({ line, column });
    expect(isJson(text)).toBe(false);
  });
});

it('sets one space behind the colon of a key and changes nothing else', () => {
  expect(withSpaces('{"a":1,"b" :\n"x: \\": y","c":  {"d":12345678901234567890}}')).toBe(
    '{"a": 1,"b": "x: \\": y","c": {"d": 12345678901234567890}}',
  );
  expect(withSpaces('["a:b","\\\\"]')).toBe('["a:b","\\\\"]');
});
