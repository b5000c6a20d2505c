/**
 * What was typed and not saved, kept by the browser: for each tab of its own, so that two tabs of one workshop do not
 * write over each other. A tab that is loaded again finds its own; what another one has left can be taken up.
 */

import type { PlanForm } from './form';

export interface Draft {
  /** Of the plan that was changed. */
  revision: number;
  /** ms since 1970. */
  time: number;
  form: PlanForm;
}

const TAB = 'plan-tab';

export class Drafts {
  readonly #prefix: string;
  readonly #key: string;

  constructor(
    workshop: string,
    private readonly local: Storage,
    private readonly session: Storage,
    tab: string = String(Math.random()).slice(2),
  ) {
    this.#prefix = `plan/${workshop}/`;
    this.#key = this.#prefix + (session.getItem(TAB) ?? tab);
    // A tab that is made a copy of this one copies what the session has, and must not take this one's name.
    session.removeItem(TAB);
  }

  /** The page is left: what is loaded next in this tab is the same one. */
  leave(): void {
    this.session.setItem(TAB, this.#key.slice(this.#prefix.length));
  }

  own(): Draft | null {
    return this.#read(this.#key);
  }

  /** The last of what other tabs have left. */
  other(): { key: string; draft: Draft } | null {
    const keys = Array.from({ length: this.local.length }, (_, index) => this.local.key(index) ?? '');
    const found = keys
      .filter((key) => key.startsWith(this.#prefix) && key !== this.#key)
      .flatMap((key) => {
        const draft = this.#read(key);
        return draft ? [{ key, draft }] : [];
      });
    return found.sort((one, two) => two.draft.time - one.draft.time)[0] ?? null;
  }

  /** False where the browser has no room for it. */
  keep(draft: Draft): boolean {
    try {
      this.local.setItem(this.#key, JSON.stringify(draft));
      return true;
    } catch {
      return false;
    }
  }

  drop(key = this.#key): void {
    this.local.removeItem(key);
  }

  #read(key: string): Draft | null {
    try {
      const draft = JSON.parse(this.local.getItem(key) ?? 'null') as Draft | null;
      return Array.isArray(draft?.form.exercises) ? draft : null;
    } catch {
      return null;
    }
  }
}
