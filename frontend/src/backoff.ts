/** How long to wait before something is tried again. */

const FIRST_WAIT_MS = 250;
const LONGEST_WAIT_MS = 8_000;

/** The wait before the nth attempt in a row (from 0), in ms, spread by up to a fifth so that pages do not come all at once. */
export function backoff(attempt: number, random = Math.random()): number {
  return Math.min(LONGEST_WAIT_MS, FIRST_WAIT_MS * 2 ** attempt) * (0.9 + random * 0.2);
}
