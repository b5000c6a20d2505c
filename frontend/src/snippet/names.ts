/** Names of snippets: what Lambda takes, and what is suggested. */

import type { Draft } from '../draft';

export const NAME_LENGTH_MAX = 64;

/** Why a function cannot have a name, or null. */
export function nameFault(name: string): string | null {
  if (name === '') return 'Give the snippet a name.';
  if (!/^[A-Za-z0-9_-]+$/.test(name)) return 'A name has letters, digits, hyphens and underscores.';
  return name.length > NAME_LENGTH_MAX ? `A name has at most ${NAME_LENGTH_MAX} characters.` : null;
}

/** The name in package.json, where there is one, or a plain one. */
export function suggestedName(draft: Draft): string {
  const text = draft.files.find(({ path }) => path === 'package.json')?.text ?? '';
  try {
    const { name } = JSON.parse(text) as { name?: unknown };
    const plain = String(name ?? '')
      .replace(/[^A-Za-z0-9_-]+/g, '-')
      .replace(/^-+|-+$/g, '')
      .slice(0, NAME_LENGTH_MAX);
    if (plain) return plain;
  } catch {
    // What is half typed names nothing.
  }
  return 'my-function';
}

/** The wanted name, or with a number behind it when it is taken. */
export function freeName(wanted: string, taken: readonly string[]): string {
  for (let n = 1; ; n += 1) {
    const ending = n === 1 ? '' : `-${n}`;
    const name = wanted.slice(0, NAME_LENGTH_MAX - ending.length) + ending;
    if (!taken.includes(name)) return name;
  }
}
