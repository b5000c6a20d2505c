import type { FieldFault } from '../contract';
import type { Draft } from '../draft';

/** What a snippet needs of the page. */
export interface Page {
  draft(): Draft;
  /** Shows other work. */
  take(draft: Draft): void;
  /** Token of the link that the work was opened by. */
  shared(): string | null;
  /** It is one's own from now on. */
  own(): void;
  /** Keeps the draft in the browser, now. */
  keep(): void;
  refuse(faults: FieldFault[]): void;
  say(message: string): void;
}
