/** Figures as they are read: durations, sizes, counts. */

const grouped = new Intl.NumberFormat('en', { maximumFractionDigits: 0 });

const ordinals = new Intl.PluralRules('en', { type: 'ordinal' });
const ORDINAL_ENDINGS: Record<string, string> = { one: 'st', two: 'nd', few: 'rd' };

/** A place in words, as 3rd. */
export function ordinal(number: number): string {
  return `${grouped.format(number)}${ORDINAL_ENDINGS[ordinals.select(number)] ?? 'th'}`;
}

/** Milliseconds, with two decimals as Lambda reports them, or whole. */
export function milliseconds(ms: number | null | undefined, decimals = 2): string {
  if (ms === null || ms === undefined) return '–';
  if (ms >= 100_000) return `${(ms / 1000).toFixed(1)} s`;
  return `${ms.toFixed(decimals)} ms`;
}

export function seconds(ms: number): string {
  return `${(ms / 1000).toFixed(ms < 10_000 ? 2 : 1)} s`;
}

export function bytes(size: number): string {
  if (size < 1024) return size === 1 ? '1 byte' : `${size} bytes`;
  if (size < 1024 * 1024) return `${(size / 1024).toFixed(1)} KB`;
  return `${(size / 1024 / 1024).toFixed(1)} MB`;
}

export function count(number: number, noun: string): string {
  return `${grouped.format(number)} ${noun}${number === 1 ? '' : 's'}`;
}
