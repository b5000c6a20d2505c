/** What page and service say to each other. Durations are milliseconds, times ISO 8601 in UTC. */

import type { StoredSnippet } from './snippet/contract';
import type { WorkshopBoot } from './workshop/contract';

export type Outcome =
  'ok' | 'function_error' | 'init_error' | 'timeout' | 'out_of_memory' | 'cancelled' | 'platform_error';

export interface Metrics {
  duration_ms: number;
  billed_duration_ms: number;
  memory_size_mb: number;
  max_memory_used_mb: number;
  init_duration_ms: number | null;
  cold_start: boolean;
  queue_ms: number | null;
  sandbox_ms: number | null;
}

export interface FunctionError {
  type: string;
  message: string;
  trace: string[];
}

export type StateName = 'starting' | 'init' | 'running';

export interface StateEvent {
  seq: number;
  time: string;
  type: 'state';
  state: StateName;
}

export interface LogEvent {
  seq: number;
  time: string;
  type: 'log';
  stream: 'stdout' | 'stderr' | 'platform';
  level: string | null;
  text: string;
}

export interface ResponseChunkEvent {
  seq: number;
  time: string;
  type: 'response_chunk';
  text: string;
}

export interface FinishedEvent {
  seq: number;
  time: string;
  type: 'finished';
  outcome: Outcome;
  response: string | null;
  response_size: number;
  response_truncated: boolean;
  error: FunctionError | null;
  notice: string | null;
  metrics: Metrics | null;
}

export type InvocationEvent = StateEvent | LogEvent | ResponseChunkEvent | FinishedEvent;

/** Where an invocation stands while it is queued: 1 is the next one. Told as it changes, unnumbered, and not again. */
export interface QueuePosition {
  type: 'queue';
  position: number;
}

export type SocketMessage = InvocationEvent | QueuePosition;

export interface InvocationRequest {
  files: Record<string, string>;
  handler: string;
  environment: Record<string, string>;
  memory_size: number;
  timeout: number;
  ephemeral_storage: number;
  event: string;
  /** A new execution environment, even where a warm one waits. */
  start_cold?: true;
  /** Id of the saved snippet that is tested. */
  snippet?: string;
}

/** What was asked for, as far as the page needs it of a run that is over. A file that is not text is null. */
export interface Asked {
  files: Record<string, string | null>;
  handler: string;
  event: string;
  /** Seconds. */
  timeout: number;
}

/** An invocation as the service knows it; it has more fields than the page reads. */
export interface StoredInvocation extends Asked {
  id: string;
  created_at: string;
  function_name: string;
  handler: string;
  /** MB. */
  memory_size: number;
  /** MB. */
  ephemeral_storage: number;
  /** Names; the values are nobody's to read. */
  environment: Record<string, null>;
}

/** A refused field: `field` is its path in the request, line and column count from 1. */
export interface FieldFault {
  field: string[];
  message: string;
  line?: number | null;
  column?: number | null;
}

export interface Limits {
  memory_size_min: number;
  memory_size_max: number;
  timeout_min: number;
  timeout_max: number;
  ephemeral_storage_min: number;
  ephemeral_storage_max: number;
  environment_bytes_max: number;
  handler_length_max: number;
  event_bytes_max: number;
  reserved_environment_variables: string[];
}

/** What the template hands over with the page. */
export interface Boot {
  limits: Limits;
  sandbox: { kind: string; notice: string };
  /** Token of the link that the page was opened by. */
  shared?: string;
  /** The participant of a workshop whose page it is. */
  workshop?: WorkshopBoot;
  /** The key that says who runs functions here, where no cookie does. */
  visitor?: string;
  /** The snippet that the address names, as it is now. */
  stored: StoredSnippet | null;
}
