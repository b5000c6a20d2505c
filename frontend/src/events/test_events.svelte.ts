/** The one owner of the test events on the page. */

import {
  added,
  changed,
  chosen,
  chosenOf,
  duplicated,
  EMPTY,
  type EventRow,
  removed,
  type SavedEvents,
  type TemplateUse,
  type TestEvent,
} from './saved_events';

export class TestEvents {
  #nextId = 2;
  #saved = $state.raw<SavedEvents>({ rows: [{ ...EMPTY, id: 1 }], chosenId: 1 });
  readonly #onChange: () => void;

  /** `onChange` hears of every change of what a test would send. */
  constructor(onChange: () => void = () => {}) {
    this.#onChange = onChange;
  }

  get rows(): readonly EventRow[] {
    return this.#saved.rows;
  }

  get chosen(): EventRow {
    return chosenOf(this.#saved);
  }

  /** The JSON text that a test sends. */
  get text(): string {
    return this.chosen.text;
  }

  /** The event with a text, the chosen one before others; null where none has it. */
  idOf(text: string): number | null {
    return [this.chosen, ...this.rows].find((row) => row.text === text)?.id ?? null;
  }

  choose(id: number): void {
    this.#set(chosen(this.#saved, id));
  }

  add(event: TestEvent = EMPTY): void {
    this.#set(added(this.#saved, event, this.#nextId++));
  }

  duplicate(): void {
    this.#set(duplicated(this.#saved, this.chosen.id, this.#nextId++));
  }

  remove(): void {
    this.#set(removed(this.#saved, this.chosen.id));
  }

  rename(name: string): void {
    this.#set(changed(this.#saved, this.chosen.id, { name }));
  }

  setText(id: number, text: string): void {
    if (this.rows.find((row) => row.id === id)?.text === text) return;
    this.#set(changed(this.#saved, id, { text }));
  }

  /** The response that an event should have; undefined: whatever comes. */
  expect(id: number, expected: string | undefined): void {
    if (this.rows.find((row) => row.id === id)?.expected === expected) return;
    this.#set(changed(this.#saved, id, { expected }));
  }

  /** The chosen event after its template's fields were filled in again. */
  fillIn(text: string, template: TemplateUse): void {
    this.#set(changed(this.#saved, this.chosen.id, { text, template }));
  }

  /** What to keep. */
  stored(): { events: TestEvent[]; chosenEvent: number } {
    const events = this.rows.map(({ name, text, template, expected }) => ({
      name,
      text,
      template,
      ...(expected !== undefined && { expected }),
    }));
    return { events, chosenEvent: this.rows.indexOf(this.chosen) };
  }

  /** Other events in the place of all. */
  take(events: readonly TestEvent[], chosenEvent: number): void {
    const rows = (events.length > 0 ? events : [EMPTY]).map((event) => ({ ...event, id: this.#nextId++ }));
    this.#set({ rows, chosenId: (rows[chosenEvent] ?? rows[0]!).id });
  }

  #set(saved: SavedEvents): void {
    if (saved === this.#saved) return;
    this.#saved = saved;
    this.#onChange();
  }
}
