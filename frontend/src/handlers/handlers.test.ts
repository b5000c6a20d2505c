import { describe, expect, it } from 'vitest';
import { exportsOf } from './exported_functions';
import { HandlerFinder } from './handler_suggestions';

const find = (...files: [string, string][]) =>
  new HandlerFinder().find(files.map(([path, text]) => ({ path, text })));

const exportedFunctions = (path: string, text: string) => exportsOf(path, text).names;

describe('exportsOf', () => {
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

  it('follows what a file passes on, over several files', () => {
    expect(
      find(
        ['index.mjs', "export * from './lib/all.mjs';\nexport const own = f;"],
        ['lib/all.mjs', "export * from '../orders.mjs';\nexport * from 'some-package';"],
        ['orders.mjs', 'export const handler = f; export default f;'],
      ),
    ).toEqual(['index.handler', 'lib/all.handler', 'orders.handler', 'index.own', 'orders.default']);
  });

  it.each([
    ['index.ts', './orders', 'orders.ts'],
    ['index.ts', './orders.js', 'orders.ts'],
    ['index.mts', './orders.mjs', 'orders.mts'],
    ['index.js', './orders', 'orders/index.js'],
    ['src/index.js', '..', 'index.cjs'],
  ])('finds from %s what %s means', (path, specifier, file) => {
    const found = find([path, `export * from '${specifier}';`], [file, 'export const handler = f;']);
    expect(found).toContain(`${path.replace(/\.\w+$/, '')}.handler`);
  });

  it('gives no name twice, none that is ambiguous, none out of a circle without end', () => {
    const a = "export * from './b.mjs'; export * from './c.mjs';";
    const both = (name: string) => `export const ${name} = f; export * from './a.mjs';`;
    expect(find(['a.mjs', a], ['b.mjs', both('x')], ['c.mjs', both('x')])).toEqual(['b.x', 'c.x']);
    expect(find(['a.mjs', `${a} export const x = f;`], ['b.mjs', both('x')], ['c.mjs', both('y')])).toEqual([
      'a.x',
      'a.y',
      'b.x',
      'b.y',
      'c.y',
      'c.x',
    ]);
    expect(
      find(
        ['a.mjs', a],
        ['b.mjs', "export * from './d.mjs';"],
        ['c.mjs', "export * from './d.mjs';"],
        ['d.mjs', 'export const z = f;'],
      ),
    ).toEqual(['a.z', 'b.z', 'c.z', 'd.z']);
  });

  it.each(["export * as all from './b.mjs';", "export * from '../../b.mjs';", "export * from './gone.mjs';"])(
    'passes nothing on by %s',
    (text) => expect(find(['a.mjs', text], ['b.mjs', 'export const x = f;'])).toEqual(['b.x']),
  );
});
