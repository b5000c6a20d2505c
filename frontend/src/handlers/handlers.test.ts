import { describe, expect, it } from 'vitest';
import { exportedFunctions } from './exported_functions';
import { HandlerFinder } from './handler_suggestions';

const find = (...files: [string, string][]) =>
  new HandlerFinder().find(files.map(([path, text]) => ({ path, text })));

describe('exportedFunctions', () => {
  it.each([
    ['export const handler = async () => {};', ['handler']],
    ['export const a = () => {}, b = wrap(a);', ['a', 'b']],
    ['export let later;', ['later']],
    ['export function handler() {}', ['handler']],
    ['export async function* stream() {}', ['stream']],
    ['const a = () => {}; export { a as b, c };', ['b', 'c']],
    ["export { a as 'with-dash' };", ['with-dash']],
    ["export { handler } from './other.mjs';", ['handler']],
    ['export const { one, two: three } = make();', ['one', 'three']],
    ['export default async () => {};', ['default']],
    ['export default function named() {}', ['default']],
    ['export const handler = awslambda.streamifyResponse(async () => {});', ['handler']],
  ])('finds in %s', (text, names) => expect(exportedFunctions('index.mjs', text)).toEqual(names));

  it.each([
    ['exports.handler = async () => {};', ['handler']],
    ['module.exports.handler = wrap(() => {});', ['handler']],
    ["exports['other'] = function () {};", ['other']],
    ['exports.a = exports.b = () => {};', ['a', 'b']],
    [
      "module.exports = { a, b: () => {}, c() {}, async d() {}, 'e': f, ...rest };",
      ['a', 'b', 'c', 'd', 'e'],
    ],
    ['module . exports = { handler };', ['handler']],
    ['if (x) { exports.late = () => {}; }', ['late']],
  ])('finds in %s', (text, names) => expect(exportedFunctions('index.js', text)).toEqual(names));

  it.each([
    ['export const handler: Handler<Order> = async (event: Order) => {};', ['handler']],
    ['export type A = 1; export interface B {} export enum C {}', []],
    ["export type { T } from './t'; export { type U, v };", ['v']],
    ['export async function handler<T>(event: T): Promise<T> { return event; }', ['handler']],
  ])('finds in %s', (text, names) => expect(exportedFunctions('index.ts', text)).toEqual(names));

  it.each([
    'export const LIMIT = 3, NAME = "x", LIST = [], OPTIONS = {}, PATTERN = /x/;',
    'export class Shop {}',
    'module.exports = () => {};',
    'module.exports = { limit: 3 };',
    'exports.limit = 3;',
    '// export const handler = 1\n"exports.handler = f"',
    'notexports.handler = () => {};',
    '',
  ])('finds nothing that could be called in %s', (text) =>
    expect(exportedFunctions('index.js', text)).toEqual([]),
  );

  it('reads what is half typed', () => {
    expect(
      exportedFunctions('index.mjs', 'export const handler = async (event) => {\n  const x = {'),
    ).toEqual(['handler']);
  });
});

describe('HandlerFinder', () => {
  it('names file and export, as Lambda wants it', () => {
    expect(find(['src/app.mjs', 'export const run = f;'])).toEqual(['src/app.run']);
  });

  it('puts what is called handler first', () => {
    expect(find(['a.mjs', 'export const run = f;'], ['b.ts', 'export const handler = f;'])).toEqual([
      'b.handler',
      'a.run',
    ]);
  });

  it('looks at modules alone, and not into packages or declarations', () => {
    const text = 'export const handler = f;';
    expect(
      find(['a.json', text], ['README.md', text], ['node_modules/x/index.js', text], ['types.d.ts', text]),
    ).toEqual([]);
  });

  it('forgets a file that is gone and sees one that changed', () => {
    const finder = new HandlerFinder();
    finder.find([{ path: 'a.mjs', text: 'export const x = f;' }]);
    expect(finder.find([{ path: 'a.mjs', text: 'export const y = f;' }])).toEqual(['a.y']);
    expect(finder.find([])).toEqual([]);
  });
});
