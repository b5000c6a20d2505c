/** Ids of exercises and checks, as they follow from titles; and places in a list. */

const LENGTH_MAX = 48;

/** A title as an id; empty where nothing of it can be one. */
export function slug(title: string): string {
  const plain = title.normalize('NFKD').replace(/\p{M}/gu, '').toLowerCase();
  const joined = plain.replace(/[^a-z0-9]+/g, '-').replace(/^-+|-+$/g, '');
  return joined.slice(0, LENGTH_MAX - 4).replace(/-+$/, '');
}

/** An id for a title that none of the others has; `noun` where the title gives none. */
export function freeId(title: string, noun: string, others: readonly string[]): string {
  const first = slug(title) || noun;
  for (let n = 1; ; n += 1) {
    const id = n === 1 ? first : `${first}-${n}`;
    if (!others.includes(id)) return id;
  }
}

/** Whether an id is one that the page has made of this title, rather than one that somebody has typed. */
export function isMade(id: string, title: string, noun: string): boolean {
  const first = slug(title) || noun;
  return (
    id === '' || id === first || (id.startsWith(`${first}-`) && /^\d+$/.test(id.slice(first.length + 1)))
  );
}

/** The list with the part at one place moved by so many; over an end it stays there. */
export function moved<T>(list: readonly T[], from: number, by: number): T[] {
  const to = Math.min(Math.max(0, from + by), list.length - 1);
  const rest = list.filter((_, index) => index !== from);
  return [...rest.slice(0, to), list[from]!, ...rest.slice(to)];
}

/** A name that is not taken: event, event-2, and so on. */
export const freeName = (noun: string, others: readonly string[]): string => freeId('', noun, others);
