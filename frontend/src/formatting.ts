/** Prettier over one file, fetched when it is first asked for. */

import type { Plugin } from 'prettier';

/** The parser that Prettier takes for a file, or null if it cannot format it. */
export function parserOf(path: string): 'babel' | 'typescript' | 'json' | null {
  if (/\.[cm]?tsx?$/.test(path)) return 'typescript';
  if (/\.[cm]?jsx?$/.test(path)) return 'babel';
  return path.endsWith('.json') ? 'json' : null;
}

/** Text and cursor (offset) after formatting. Rejects with a SyntaxError where the file cannot be parsed. */
export async function formatted(
  path: string,
  text: string,
  cursor: number,
): Promise<{ text: string; cursor: number } | null> {
  const parser = parserOf(path);
  if (!parser) return null;
  const [{ formatWithCursor }, estree, grammar] = await Promise.all([
    import('prettier/standalone'),
    import('prettier/plugins/estree'),
    parser === 'typescript' ? import('prettier/plugins/typescript') : import('prettier/plugins/babel'),
  ]);
  const done = await formatWithCursor(text, {
    parser,
    plugins: [estree.default as Plugin, grammar],
    cursorOffset: cursor,
  });
  return { text: done.formatted, cursor: Math.max(0, done.cursorOffset) };
}

/** The part of a text that differs in another one: what to replace in the first, so that it becomes the second. */
export function difference(
  before: string,
  after: string,
): { from: number; to: number; insert: string } | null {
  if (before === after) return null;
  let from = 0;
  while (from < before.length && from < after.length && before[from] === after[from]) from += 1;
  let end = 0;
  const most = Math.min(before.length, after.length) - from;
  while (end < most && before[before.length - 1 - end] === after[after.length - 1 - end]) end += 1;
  return { from, to: before.length - end, insert: after.slice(from, after.length - end) };
}

/** What a person reads of a parser's complaint: its first line. */
export const complaint = (error: unknown): string =>
  `This file cannot be formatted: ${error instanceof Error ? error.message.split('\n')[0] : String(error)}`;
