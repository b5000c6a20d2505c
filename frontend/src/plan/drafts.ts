/**
 * What was typed and not saved, kept by the browser: for each tab of its own, so that two tabs of one workshop do not
 * write over each other. A tab that is loaded again finds its own; what another one has left can be taken up.
 */

import { forget, type Kept, quietly, read } from '../browser_storage';
import { KeptPlaces } from '../kept_places';
import type { PlanForm } from './form';

export interface Draft {
  /** Of the plan that was changed. */
  revision: number;
  /** ms since 1970. */
  time: number;
  form: PlanForm;
}

const TAB = 'plan-tab';
const PLACE = 'plan/';

export class Drafts {
  /** Those of all workshops. */
  readonly #places: KeptPlaces<Draft>;
  readonly #prefix: string;
  readonly #key: string;

  constructor(
    workshop: string,
    local: Kept,
    private readonly session: Kept,
    tab: string = String(Math.random()).slice(2),
  ) {
    this.#places = new KeptPlaces(local, PLACE, parsePlace);
    this.#prefix = `${PLACE}${workshop}/`;
    this.#key = this.#prefix + (read(session, TAB) ?? tab);
    this.#places.thin(this.#key);
    // A tab that is made a copy of this one copies what the session has, and must not take this one's name.
    forget(session, TAB);
  }

  /** The page is left: what is loaded next in this tab is the same one. */
  leave(): void {
    void quietly(() => this.session.setItem(TAB, this.#key.slice(this.#prefix.length)));
  }

  own(): Draft | null {
    return this.#places.all().find(({ key }) => key === this.#key)?.draft ?? null;
  }

  /** The last of what other tabs have left. */
  other(): { key: string; draft: Draft } | null {
    return this.#places.others(this.#key).find(({ key }) => key.startsWith(this.#prefix)) ?? null;
  }

  /** False where the browser has no room for it. */
  keep(draft: Draft): boolean {
    return this.#places.save(this.#key, draft);
  }

  drop(key = this.#key): void {
    this.#places.remove(key);
  }
}

function parsePlace(stored: unknown): { savedAt: number; draft: Draft } | null {
  const draft = stored as Draft;
  return typeof draft.time === 'number' && Array.isArray(draft.form.exercises)
    ? { savedAt: draft.time, draft }
    : null;
}
