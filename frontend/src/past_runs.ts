/** The last runs of the function, as a chart draws them. */

import type { Metrics, Outcome } from './contract';
import { milliseconds } from './format';
import type { Run } from './run';
import { OUTCOMES } from './state_words';

/** A run as the service lists it. */
export interface PastRun {
  id: string;
  state: 'queued' | 'running' | 'finished';
  outcome: Outcome | null;
  metrics: Metrics | null;
  created_at: string;
}

export const RUNS_KEPT = 30;

/** The runs with these among them, each once, the latest last; what is not finished is left out. */
export function withRuns(runs: readonly PastRun[], more: readonly PastRun[]): PastRun[] {
  const byId = new Map([...runs, ...more].map((run) => [run.id, run]));
  return [...byId.values()]
    .filter((run) => run.state === 'finished')
    .sort((one, other) => Date.parse(one.created_at) - Date.parse(other.created_at))
    .slice(-RUNS_KEPT);
}

/** What is listed of a run that this page has followed, or null before its end. */
export function pastRun(run: Run): PastRun | null {
  const { id, since, result } = run;
  if (id === null || result === null) return null;
  const created_at = new Date(since.queued ?? since.finished ?? 0).toISOString();
  return { id, state: 'finished', outcome: result.outcome, metrics: result.metrics, created_at };
}

export interface Bar {
  id: string;
  cold: boolean;
  ok: boolean;
  /** Parts of the chart's height, 0 to 100: init phase and handler. */
  init: number;
  invoke: number;
  /** All of it in words. */
  label: string;
}

const clock = new Intl.DateTimeFormat('en-GB', { hour: '2-digit', minute: '2-digit', second: '2-digit' });

/** Time of day where the reader is, as 12:04:31. */
export const clockOf = (iso: string): string => clock.format(new Date(iso));

/** One bar a run, all on one scale: the longest fills the height. */
export function bars(runs: readonly PastRun[]): Bar[] {
  const length = ({ metrics }: PastRun) => (metrics?.init_duration_ms ?? 0) + (metrics?.duration_ms ?? 0);
  const longest = Math.max(...runs.map(length));
  const part = (ms: number | null | undefined) => (longest > 0 ? ((ms ?? 0) / longest) * 100 : 0);
  return runs.map((run) => {
    const { metrics, outcome } = run;
    const words = [clockOf(run.created_at), outcome ? OUTCOMES[outcome] : 'Unknown'];
    if (metrics) {
      words.push(metrics.cold_start ? 'cold start' : 'warm start', milliseconds(metrics.duration_ms));
      if (metrics.init_duration_ms !== null) words.push(`init ${milliseconds(metrics.init_duration_ms)}`);
    }
    return {
      id: run.id,
      cold: metrics?.cold_start ?? false,
      ok: outcome === 'ok',
      init: part(metrics?.init_duration_ms),
      invoke: part(metrics?.duration_ms),
      label: words.join(', '),
    };
  });
}
