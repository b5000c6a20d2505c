/** Where the time of an invocation went: queue, sandbox, init and invoke on one scale. */

import { milliseconds } from './format';
import type { Metrics } from './contract';
import type { Run } from './run';

export interface Segment {
  name: 'queue' | 'sandbox' | 'init' | 'invoke';
  /** Null: did not happen, or is not known. */
  ms: number | null;
  /** Its part of the whole, 0 to 100. */
  percent: number;
  /** Duration in words. */
  label: string;
}

const ORDER = [
  ['queue', 'queued'],
  ['sandbox', 'starting'],
  ['init', 'init'],
  ['invoke', 'running'],
] as const;

type Lengths = (number | null)[];

/** Without an Init Duration a cold start's init failed or was repeated, and counts as Duration. */
const hidesInit = (metrics: Metrics): boolean => metrics.cold_start && metrics.init_duration_ms === null;

/** The lengths in the figures; of an init that they hide, the states know where it began and ended. */
function measured(metrics: Metrics, run: Run): Lengths {
  const { queue_ms, sandbox_ms, init_duration_ms, duration_ms } = metrics;
  const { starting, init, running } = run.since;
  if (!hidesInit(metrics) || starting === undefined || init === undefined) {
    return [queue_ms, sandbox_ms, init_duration_ms, duration_ms];
  }
  const sandbox = init - starting;
  const rest = Math.max(0, (sandbox_ms ?? sandbox) + duration_ms - sandbox);
  if (running === undefined) return [queue_ms, sandbox, rest, null];
  return [queue_ms, sandbox, running - init, Math.max(0, rest - (running - init))];
}

function lengths(run: Run, elapsed: number): Lengths {
  const metrics = run.result?.metrics;
  if (metrics) return measured(metrics, run);
  // Differences are taken on the service's clock alone; only the part still open is measured by the page's.
  const end = run.since.finished;
  let known = 0;
  return ORDER.map(([, state], index) => {
    const begin = run.since[state];
    if (begin === undefined) return null;
    const next = ORDER.slice(index + 1)
      .map(([, later]) => run.since[later])
      .find((time) => time !== undefined);
    const until = next ?? end;
    if (until === undefined) return Math.max(0, elapsed - known);
    const length = Math.max(0, until - begin);
    known += length;
    return length;
  });
}

/** Always four segments; `elapsed` is the time since the click in ms, for a run that is not finished. */
export function timeLine(run: Run, elapsed: number): Segment[] {
  const all = lengths(run, elapsed);
  const whole = all.reduce<number>((sum, ms) => sum + (ms ?? 0), 0);
  const metrics = run.result?.metrics ?? null;
  const exact = metrics !== null && !hidesInit(metrics);
  return ORDER.map(([name], index) => {
    const ms = all[index] ?? null;
    return {
      name,
      ms,
      percent: whole > 0 ? ((ms ?? 0) / whole) * 100 : 0,
      label: milliseconds(ms, exact && (name === 'init' || name === 'invoke') ? 2 : 0),
    };
  });
}
