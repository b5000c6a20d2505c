import { describe, expect, it } from 'vitest';
import { fitting, parsePanes, RANGES, sizeAfterKey } from './panes';

describe('sizes of panes', () => {
  it('are read back as they were stored', () => {
    const stored = {
      output: 50,
      tree: 300,
      configuration: 100,
      event: 200,
      response: 30,
      treeOpen: true,
      text: 15,
    };
    expect(parsePanes(JSON.stringify(stored))).toEqual(stored);
  });

  it.each([null, '', 'no JSON', '[]', 'null', '{"output":"wide","tree":null}'])(
    'are the usual ones for %j',
    (text) => {
      const usual = Object.fromEntries(Object.entries(RANGES).map(([name, range]) => [name, range.usual]));
      expect(parsePanes(text)).toEqual({ ...usual, treeOpen: false });
    },
  );

  it('never leave their range', () => {
    expect(fitting('output', 1_000)).toBe(RANGES.output.most);
    expect(fitting('tree', -1)).toBe(RANGES.tree.least);
    expect(fitting('text', NaN)).toBe(RANGES.text.usual);
  });

  it('follow the keys', () => {
    expect(sizeAfterKey('tree', 200, 'ArrowRight', 'ArrowRight')).toBe(220);
    expect(sizeAfterKey('tree', 200, 'ArrowLeft', 'ArrowRight')).toBe(180);
    expect(sizeAfterKey('output', 44, 'ArrowLeft', 'ArrowLeft')).toBe(46);
    expect(sizeAfterKey('event', 200, 'Home', 'ArrowDown')).toBe(RANGES.event.least);
    expect(sizeAfterKey('event', 200, 'End', 'ArrowDown')).toBe(RANGES.event.most);
    expect(sizeAfterKey('event', 200, 'Enter', 'ArrowDown')).toBe(RANGES.event.usual);
    expect(sizeAfterKey('event', 200, 'ArrowLeft', 'ArrowDown')).toBeNull();
    expect(sizeAfterKey('event', 200, 'x', 'ArrowDown')).toBeNull();
  });
});
