/** The state of an invocation in words. */

import type { Outcome } from './contract';
import { ordinal } from './format';
import type { Run } from './run';

export interface Words {
  text: string;
  tone: 'plain' | 'active' | 'ok' | 'bad';
}

const STATES: Record<Exclude<Run['state'], 'finished'>, string> = {
  idle: 'Not run yet',
  queued: 'Queued',
  starting: 'Starting a sandbox',
  init: 'Initialising',
  running: 'Running',
};

export const OUTCOMES: Record<Outcome, string> = {
  ok: 'Succeeded',
  function_error: 'Function error',
  init_error: 'Initialisation failed',
  timeout: 'Timed out',
  out_of_memory: 'Out of memory',
  cancelled: 'Cancelled',
  platform_error: 'The playground failed',
};

function queued(position: number | null): string {
  if (position === null) return STATES.queued;
  return `${STATES.queued}, ${position === 1 ? 'next' : ordinal(position)} in line`;
}

export function stateWords(run: Run, sending: boolean, cancelling: boolean): Words {
  if (sending) return { text: 'Sending', tone: 'active' };
  if (run.result) {
    const { outcome } = run.result;
    const tone = outcome === 'ok' ? 'ok' : outcome === 'cancelled' ? 'plain' : 'bad';
    return { text: OUTCOMES[outcome] ?? outcome, tone };
  }
  if (run.state === 'idle') return { text: STATES.idle, tone: 'plain' };
  if (cancelling) return { text: 'Cancelling', tone: 'active' };
  if (run.state === 'queued') return { text: queued(run.position), tone: 'active' };
  return { text: run.state === 'finished' ? 'Finished' : STATES[run.state], tone: 'active' };
}
