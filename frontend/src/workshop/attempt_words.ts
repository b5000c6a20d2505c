/** What came of the checks of an attempt, in words. Pure. */

interface Counts {
  passed: number;
  failed: number;
  interrupted: number;
}

/** `all`: how many checks the exercise has, where they may be other ones by now. */
export function attemptWords(
  { passed, failed, interrupted }: Counts,
  all = passed + failed + interrupted,
): string {
  const said = `${passed} of ${all} passed`;
  return interrupted > 0 ? `${said}, ${interrupted} interrupted` : said;
}
