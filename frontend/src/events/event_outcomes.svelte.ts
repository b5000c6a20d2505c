/** What came last of each test event, for as long as the page is open. */

import type { Outcome } from '../contract';

export class EventOutcomes {
  #last = $state.raw<ReadonlyMap<number, Outcome>>(new Map());
  #running = $state<number | null>(null);

  /** A test of an event was asked for; null where what is sent is the text of none. */
  begun(id: number | null): void {
    this.#running = id;
  }

  /** It was not started after all. */
  refused(): void {
    this.#running = null;
  }

  ended(outcome: Outcome): void {
    if (this.#running !== null) this.#last = new Map(this.#last).set(this.#running, outcome);
    this.#running = null;
  }

  /** `active` tells whether a test is under way. Null for an event that was not tested. */
  of(id: number, active: boolean): Outcome | 'running' | null {
    return active && id === this.#running ? 'running' : (this.#last.get(id) ?? null);
  }
}
