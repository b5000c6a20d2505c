/** Test events with names: what is kept of each, and every change of the list as a function. */

/** The template that an event was made from, and what was filled in. */
export interface TemplateUse {
  id: string;
  fields: Record<string, string>;
}

/** A test event as it is kept. `text` is what was typed, JSON or not yet. */
export interface TestEvent {
  name: string;
  text: string;
  template: TemplateUse | null;
  /** JSON text of the response that it should have; none where nothing is expected. */
  expected?: string | undefined;
}

/** What is sent where nothing was said. */
export const EMPTY: TestEvent = { name: 'event', text: '{}', template: null };

/** An event of the list; `id` stays with it when it is renamed, and is never kept. */
export interface EventRow extends TestEvent {
  id: number;
}

/** The list is never empty, and one of its events is chosen. */
export interface SavedEvents {
  rows: readonly EventRow[];
  chosenId: number;
}

/** As in Lambda's own console. */
export const NAME_LENGTH_MAX = 25;
const NAME = /^[A-Za-z0-9._-]+$/;

/** Why an event cannot have a name, or null. `others` are the names that are taken. */
export function nameFault(name: string, others: readonly string[]): string | null {
  if (name === '') return 'Give the event a name.';
  if (!NAME.test(name)) return 'A name has letters, digits, dots, hyphens and underscores.';
  if (name.length > NAME_LENGTH_MAX) return `A name has at most ${NAME_LENGTH_MAX} characters.`;
  return others.includes(name) ? `There is an event ${name} already.` : null;
}

/** The wanted name, or with a number behind it when it is taken: event, event-2, event-3. */
export function freeName(wanted: string, others: readonly string[]): string {
  for (let n = 1; ; n += 1) {
    const ending = n === 1 ? '' : `-${n}`;
    const name = wanted.slice(0, NAME_LENGTH_MAX - ending.length) + ending;
    if (!others.includes(name)) return name;
  }
}

export const namesOf = (saved: SavedEvents): string[] => saved.rows.map((row) => row.name);

export function chosenOf(saved: SavedEvents): EventRow {
  return saved.rows.find((row) => row.id === saved.chosenId) ?? saved.rows[0]!;
}

/** Another event at the end, and chosen. */
export function added(saved: SavedEvents, event: TestEvent, id: number): SavedEvents {
  const name = freeName(event.name, namesOf(saved));
  return { rows: [...saved.rows, { ...event, name, id }], chosenId: id };
}

/** A copy behind the original, and chosen. */
export function duplicated(saved: SavedEvents, original: number, id: number): SavedEvents {
  const at = saved.rows.findIndex((row) => row.id === original);
  if (at < 0) return saved;
  const row = saved.rows[at]!;
  const copy = { ...row, name: freeName(row.name, namesOf(saved)), id };
  return { rows: saved.rows.toSpliced(at + 1, 0, copy), chosenId: id };
}

/** Without an event; in place of the chosen one its neighbour is chosen. The last one stays. */
export function removed(saved: SavedEvents, id: number): SavedEvents {
  const at = saved.rows.findIndex((row) => row.id === id);
  if (at < 0 || saved.rows.length === 1) return saved;
  const rows = saved.rows.toSpliced(at, 1);
  return { rows, chosenId: id === saved.chosenId ? rows[Math.max(0, at - 1)]!.id : saved.chosenId };
}

export function chosen(saved: SavedEvents, id: number): SavedEvents {
  return saved.rows.some((row) => row.id === id) ? { ...saved, chosenId: id } : saved;
}

export function changed(saved: SavedEvents, id: number, change: Partial<TestEvent>): SavedEvents {
  return { ...saved, rows: saved.rows.map((row) => (row.id === id ? { ...row, ...change } : row)) };
}
