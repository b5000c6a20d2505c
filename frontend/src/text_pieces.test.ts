import { describe, expect, it } from 'vitest';
import { matchRanges, placesIn, textPieces } from './text_pieces';

describe('textPieces', () => {
  const layers = [
    [
      { from: 2, to: 6, style: 'fg-red' },
      { from: 6, to: 8, style: 'bold' },
    ],
    [{ from: 4, to: 7, style: 'match' }],
  ];

  it('cuts at every border and names all that holds', () => {
    expect(textPieces('0123456789', 0, 10, layers)).toEqual([
      { text: '01', style: '' },
      { text: '23', style: 'fg-red' },
      { text: '45', style: 'fg-red match' },
      { text: '6', style: 'bold match' },
      { text: '7', style: 'bold' },
      { text: '89', style: '' },
    ]);
  });

  it('cuts a part alone', () => {
    expect(textPieces('0123456789', 5, 7, layers)).toEqual([
      { text: '5', style: 'fg-red match' },
      { text: '6', style: 'bold match' },
    ]);
    expect(textPieces('0123456789', 3, 3, layers)).toEqual([]);
    expect(textPieces('0123456789', 9, 10, layers)).toEqual([{ text: '9', style: '' }]);
  });
});

describe('matchRanges', () => {
  it('finds every match, whatever its case', () => {
    expect(matchRanges('Ab ab AB', 'aB').map(({ from, to }) => [from, to])).toEqual([
      [0, 2],
      [3, 5],
      [6, 8],
    ]);
    expect(matchRanges('aaa', 'aa')).toHaveLength(1);
    expect(matchRanges('text', '')).toEqual([]);
  });
});

describe('placesIn', () => {
  it('finds the places of a trace, each in its line', () => {
    const text =
      'Error: x\n    at a (file:///var/task/index.mjs:2:9)\n    at /var/task/other.mjs:1:1\n    at /var/task/index.mjs:7';
    const found = placesIn(text, ['index.mjs']);
    expect(found.map(({ from, to }) => text.slice(from, to))).toEqual([
      'file:///var/task/index.mjs:2:9',
      '/var/task/index.mjs:7',
    ]);
    expect(found[1]!.place).toEqual({ path: 'index.mjs', line: 7, column: 1 });
  });
});
