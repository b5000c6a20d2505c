import { expect, it } from 'vitest';
import { RowHeights } from './row_heights';

const rows = (count: number) => {
  const heights = new RowHeights(20);
  heights.resize(count);
  return heights;
};

it('guesses what was never drawn', () => {
  const heights = rows(1_000);
  expect([heights.count, heights.total, heights.top(0), heights.top(999)]).toEqual([
    1_000, 20_000, 0, 19_980,
  ]);
  expect([heights.rowAt(0), heights.rowAt(19), heights.rowAt(20), heights.rowAt(10_010)]).toEqual([
    0, 0, 1, 500,
  ]);
});

it('holds what was measured, and says by how much a row grew', () => {
  const heights = rows(1_000);
  expect([heights.measure(300, 55), heights.measure(300, 50), heights.measure(300, 50)]).toEqual([35, -5, 0]);
  expect(heights.total).toBe(20_030);
  expect([heights.top(300), heights.top(301)]).toEqual([6_000, 6_050]);
  expect([heights.rowAt(5_999), heights.rowAt(6_000), heights.rowAt(6_049), heights.rowAt(6_050)]).toEqual([
    299, 300, 300, 301,
  ]);
});

it('agrees with a plain sum over every row', () => {
  const heights = rows(700);
  const plain = Array.from({ length: 700 }, (_, row) => ((row * 37) % 90) + 1);
  plain.forEach((height, row) => heights.measure(row, height));
  let top = 0;
  plain.forEach((height, row) => {
    expect(heights.top(row)).toBe(top);
    expect([heights.rowAt(top), heights.rowAt(top + height - 1)]).toEqual([row, row]);
    top += height;
  });
  expect(heights.total).toBe(top);
});

it('grows and shrinks at its end', () => {
  const heights = rows(600);
  heights.measure(599, 100);
  heights.resize(300);
  expect([heights.count, heights.total]).toEqual([300, 6_000]);
  heights.resize(601);
  expect([heights.total, heights.top(600)]).toEqual([12_020, 12_000]);
});

it('answers the ends for what lies beyond them', () => {
  expect([rows(3).rowAt(-5), rows(3).rowAt(1_000), rows(0).rowAt(0)]).toEqual([0, 2, 0]);
});
