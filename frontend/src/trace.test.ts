import { expect, it } from 'vitest';
import { faultyPlace, traceParts } from './trace';

it('finds the place in a file of the submission', () => {
  expect(traceParts('    at handler (file:///var/task/src/app.mjs:9:11)', ['src/app.mjs'])).toEqual([
    { text: '    at handler (', place: null },
    { text: 'file:///var/task/src/app.mjs:9:11', place: { path: 'src/app.mjs', line: 9, column: 11 } },
    { text: ')', place: null },
  ]);
  expect(traceParts('/var/task/index.js:3', ['index.js'])[0]?.place).toEqual({
    path: 'index.js',
    line: 3,
    column: 1,
  });
});

it('leaves other lines whole', () => {
  for (const line of ['at /var/runtime/index.mjs:1:2', 'Error: x', '/var/task/other.js:1:1']) {
    expect(traceParts(line, ['index.js'])).toEqual([{ text: line, place: null }]);
  }
});

it('finds where a trace first leads into the submission', () => {
  const trace = [
    'TypeError: x',
    '    at node:internal/a:1:2',
    '    at b (/var/task/b.js:4:5)',
    '    at /var/task/a.js:1:1',
  ];
  expect(faultyPlace(trace, ['a.js', 'b.js'])).toEqual({ path: 'b.js', line: 4, column: 5 });
  expect(faultyPlace(trace, ['c.js'])).toBeNull();
});
