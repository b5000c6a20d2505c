/** What a run would cost at Lambda's published prices. */

import type { Metrics } from './contract';

/**
 * On demand, the first tier. Source: https://aws.amazon.com/lambda/pricing/, read in November 2026. The free tier
 * and the first 512 MB of ephemeral storage, which cost nothing, are left out.
 */
export const PRICES = {
  region: 'us-east-1',
  architecture: 'x86_64',
  usdPerMillionRequests: 0.2,
  usdPerGbSecond: 0.0000166667,
} as const;

const MILLION = 1_000_000;
const MB_PER_GB = 1_024;

/** USD for one run: its request, and its billed duration at its memory size. */
export function costOfRun(metrics: Metrics): number {
  const gbSeconds = (metrics.billed_duration_ms / 1_000) * (metrics.memory_size_mb / MB_PER_GB);
  return PRICES.usdPerMillionRequests / MILLION + gbSeconds * PRICES.usdPerGbSecond;
}

/** USD for a million runs of the same length. */
export const costOfMillion = (metrics: Metrics): number => costOfRun(metrics) * MILLION;

/** Dollars with as many decimals as small sums need to be told apart. */
export function dollars(usd: number): string {
  if (usd >= 1_000) return `$${Math.round(usd).toLocaleString('en')}`;
  if (usd >= 0.01) return `$${usd.toFixed(2)}`;
  const decimals = Math.min(12, 1 - Math.floor(Math.log10(usd)));
  return `$${usd.toFixed(decimals)}`;
}
