/** One invocation as the page knows it: every event is folded in here and nowhere else. */

import type {
  Asked,
  FinishedEvent,
  LogEvent,
  ResponseChunkEvent,
  SocketMessage,
  StateName,
} from './contract';

/** Lines a block: a full block never changes again, so that a new line redraws one block at most. */
export const BLOCK_LINES = 200;

export type LogBlock = readonly LogEvent[];

export interface Run {
  /** Null before the first invocation. */
  readonly id: string | null;
  /** What was asked for; null while it is not known, as after a reload. */
  readonly asked: Asked | null;
  readonly state: 'idle' | 'queued' | StateName | 'finished';
  /** Sequence number of the last event folded in. */
  readonly seq: number;
  /** Place in the queue, 1 being the next to run; null when it is not queued, or not known. */
  readonly position: number | null;
  /** When each state began first, in ms since the epoch on the service's clock. */
  readonly since: Readonly<Partial<Record<'queued' | StateName | 'finished', number>>>;
  readonly logs: readonly LogBlock[];
  readonly lines: number;
  /** What a streamed response has brought so far, and the pieces in which it came. */
  readonly streamed: string;
  readonly chunks: readonly ResponseChunkEvent[];
  readonly result: FinishedEvent | null;
}

export const NO_RUN: Run = {
  id: null,
  asked: null,
  state: 'idle',
  seq: 0,
  position: null,
  since: {},
  logs: [],
  lines: 0,
  streamed: '',
  chunks: [],
  result: null,
};

/** A run that was accepted and waits for a worker; `created` is the ISO time of its acceptance. */
export function queuedRun(
  id: string,
  created: string | null,
  known: Partial<Pick<Run, 'position' | 'asked'>> = {},
): Run {
  const since = created ? { queued: Date.parse(created) } : {};
  return { ...NO_RUN, id, state: 'queued', since, ...known };
}

/**
 * The run after these messages. Events already folded in are left out, by their sequence number, and a place
 * in the queue once the run has begun; neither the run given nor its blocks are changed.
 */
export function fold(run: Run, messages: readonly SocketMessage[]): Run {
  let { state, seq, position, since, lines, streamed, result } = run;
  const logs = [...run.logs];
  let chunks = run.chunks;
  let open: LogEvent[] | null = null;
  for (const event of messages) {
    if (event.type === 'queue') {
      if (state === 'queued') position = event.position;
      continue;
    }
    if (event.seq <= seq || state === 'finished') continue;
    seq = event.seq;
    position = null;
    switch (event.type) {
      case 'state':
        state = event.state;
        // An init phase that failed is told again when it is repeated; it began with the first.
        since = { [event.state]: Date.parse(event.time), ...since };
        break;
      case 'log': {
        lines += 1;
        const last = logs.at(-1);
        if (!last || last.length >= BLOCK_LINES) logs.push((open = []));
        else if (open !== last) logs[logs.length - 1] = open = [...last];
        open?.push(event);
        break;
      }
      case 'response_chunk':
        streamed += event.text;
        if (chunks === run.chunks) chunks = [...chunks];
        (chunks as ResponseChunkEvent[]).push(event);
        break;
      case 'finished':
        state = 'finished';
        since = { ...since, finished: Date.parse(event.time) };
        result = event;
    }
  }
  if (seq === run.seq && position === run.position) return run;
  return { ...run, state, seq, position, since, logs, lines, streamed, chunks, result };
}

/** Whether the invocation is still on its way. */
export function isActive(run: Run): boolean {
  return run.state !== 'idle' && run.state !== 'finished';
}

/** Time of an event since the handler began, in ms; null where that is not known. */
export function afterStart(run: Run, event: { time: string }): number | null {
  const begin = run.since.running ?? run.since.queued;
  return begin === undefined ? null : Math.max(0, Date.parse(event.time) - begin);
}

/** Bytes of a chunk. */
export const chunkSize = ({ text }: ResponseChunkEvent): number => new TextEncoder().encode(text).length;
