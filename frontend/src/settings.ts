/** Memory, timeout and ephemeral storage as they are typed: whole numbers within Lambda's limits. */

import type { Limits } from './contract';

/** Stops of the sliders; every whole number can still be typed. */
export const MEMORY_STOPS = [128, 256, 512, 1024, 1769, 2048, 3008, 4096, 6144, 8192, 10240];
export const TIMEOUT_STOPS = [1, 2, 3, 5, 10, 15, 30, 60, 120, 300, 600, 900];

export const STORAGE_STOPS = [512, 1024, 2048, 3072, 4096, 6144, 8192, 10240];

const grouped = new Intl.NumberFormat('en');

/** The number, or null if the text is not a whole number. */
export function wholeNumber(text: string): number | null {
  return /^\d{1,9}$/.test(text.trim()) ? Number(text) : null;
}

function rangeFault(text: string, what: string, min: number, max: number, unit: string): string | null {
  const value = wholeNumber(text);
  if (value !== null && value >= min && value <= max) return null;
  return `${what} is a whole number from ${grouped.format(min)} to ${grouped.format(max)} ${unit}.`;
}

export const memoryFault = (text: string, limits: Limits): string | null =>
  rangeFault(text, 'Memory', limits.memory_size_min, limits.memory_size_max, 'MB');

export const timeoutFault = (text: string, limits: Limits): string | null =>
  rangeFault(text, 'Timeout', limits.timeout_min, limits.timeout_max, 's');

export const storageFault = (text: string, limits: Limits): string | null =>
  rangeFault(text, 'Ephemeral storage', limits.ephemeral_storage_min, limits.ephemeral_storage_max, 'MB');

export function handlerFault(handler: string, limits: Limits): string | null {
  if (handler === '') return 'Name the handler as file.export, for example index.handler.';
  if (/\s/.test(handler)) return 'A handler has no spaces.';
  if (handler.length > limits.handler_length_max) {
    return `A handler has at most ${limits.handler_length_max} characters.`;
  }
  return null;
}

/** Where a slider stands for a value that may lie between two stops: the last stop that is not above it. */
export function stopIndex(stops: readonly number[], value: number | null): number {
  if (value === null) return 0;
  return Math.max(
    0,
    stops.findLastIndex((stop) => stop <= value),
  );
}
