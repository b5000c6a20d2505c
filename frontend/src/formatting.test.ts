import { describe, expect, it } from 'vitest';
import { complaint, difference, formatted, parserOf } from './formatting';

describe('formatting', () => {
  it('formats JavaScript, TypeScript and JSON, and keeps the cursor at its word', async () => {
    const text = 'export const handler=async(event)=>{return  event}';
    const done = await formatted('index.mjs', text, text.indexOf('event}'));
    expect(done?.text).toBe('export const handler = async (event) => {\n  return event;\n};\n');
    expect(done?.text.slice(done.cursor)).toMatch(/^event;/);
    expect((await formatted('a.ts', 'let x:number=1', 0))?.text).toBe('let x: number = 1;\n');
    expect((await formatted('a.json', '{"a":1}', 0))?.text).toBe('{ "a": 1 }\n');
  });

  it('leaves other files alone', async () => {
    expect(parserOf('README.md')).toBeNull();
    expect(await formatted('README.md', 'a  b', 0)).toBeNull();
  });

  it('says in one line why a file cannot be formatted', async () => {
    const failure: unknown = await formatted('index.mjs', 'const = 1', 0).catch((error: unknown) => error);
    expect(complaint(failure)).toMatch(/^This file cannot be formatted: .*\(1:7\)$/);
  });
});

describe('the difference of two texts', () => {
  it.each([
    ['abc', 'abc'],
    ['', 'abc'],
    ['abc', ''],
    ['aab', 'aaab'],
    ['one two three', 'one 2 three'],
    ['x', 'xx'],
  ])('turns %j into %j', (before, after) => {
    const change = difference(before, after);
    const done = change ? before.slice(0, change.from) + change.insert + before.slice(change.to) : before;
    expect(done).toBe(after);
  });

  it('is as small as it can be', () => {
    expect(difference('one two three', 'one 2 three')).toEqual({ from: 4, to: 7, insert: '2' });
    expect(difference('same', 'same')).toBeNull();
  });
});
