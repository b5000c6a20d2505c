import { expect, it } from 'vitest';
import { bytes, count, milliseconds, ordinal, seconds } from './format';

it('gives durations as Lambda does, and a dash for none', () => {
  expect(milliseconds(34.7)).toBe('34.70 ms');
  expect(milliseconds(93, 0)).toBe('93 ms');
  expect(milliseconds(null)).toBe('–');
  expect(milliseconds(123_456)).toBe('123.5 s');
  expect(seconds(140)).toBe('0.14 s');
});

it('gives sizes and counts in words', () => {
  expect([1, 142, 2048, 5_000_000].map(bytes)).toEqual(['1 byte', '142 bytes', '2.0 KB', '4.8 MB']);
  expect([1, 1200].map((n) => count(n, 'line'))).toEqual(['1 line', '1,200 lines']);
});

it('gives places in words', () => {
  expect([1, 2, 3, 4, 11, 12, 21, 101, 113, 1204].map(ordinal)).toEqual([
    '1st',
    '2nd',
    '3rd',
    '4th',
    '11th',
    '12th',
    '21st',
    '101st',
    '113th',
    '1,204th',
  ]);
});
