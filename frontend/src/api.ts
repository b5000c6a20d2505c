/** Requests to the service. What it refuses comes back as faults; what went wrong on the way as a sentence. */

import type { FieldFault, InvocationEvent, InvocationRequest, StoredInvocation } from './contract';
import { type PastRun, RUNS_KEPT } from './past_runs';
import { visitorHeaders } from './visitor';

export interface Accepted {
  id: string;
  created_at: string | null;
  queue_position?: number | null;
}

export type Answer =
  | { kind: 'accepted'; invocation: Accepted }
  | { kind: 'refused'; faults: FieldFault[] }
  | { kind: 'failed'; message: string };

const KEPT = 'Nothing was started and your work is kept.';
export const UNREACHABLE =
  'The playground cannot be reached. Your work is kept; check the connection and try again.';

function cookie(name: string): string {
  const pair = document.cookie.split('; ').find((entry) => entry.startsWith(`${name}=`));
  return pair ? decodeURIComponent(pair.slice(name.length + 1)) : '';
}

/** A request with what shows that it is this page's own; bytes are sent as a .zip, anything else as JSON. `keepalive`: it goes on when the page is left. */
export function send(method: string, path: string, body?: unknown, keepalive = false): Promise<Response> {
  const archive = body instanceof Uint8Array ? (body as Uint8Array<ArrayBuffer>) : null;
  return fetch(path, {
    method,
    keepalive,
    headers: {
      'Content-Type': archive ? 'application/zip' : 'application/json',
      'X-CSRFToken': cookie('csrftoken'),
      ...visitorHeaders(),
    },
    ...(body !== undefined && { body: archive ?? JSON.stringify(body) }),
  });
}

export async function faultsOf(response: Response): Promise<FieldFault[]> {
  const body: unknown = await response.json().catch(() => null);
  const errors = (body as { errors?: unknown } | null)?.errors;
  if (!Array.isArray(errors)) return [];
  return errors.map((error: FieldFault) => ({ ...error, field: (error.field ?? []).map(String) }));
}

function failure(response: Response, faults: FieldFault[]): string {
  const said = faults.map((fault) => fault.message).join(' ');
  if (response.status === 429) {
    const wait = Number(response.headers.get('Retry-After'));
    const when = wait > 0 ? `Try again in ${wait} s.` : 'Try again in a moment.';
    return `${said || 'Too many invocations are under way.'} ${when} ${KEPT}`;
  }
  if (response.status === 403) return `The page has been open too long for its session. Reload it. ${KEPT}`;
  if (response.status === 413) return `Files and event together are too large to be sent. ${KEPT}`;
  return said || `The playground answered with HTTP ${response.status}. ${KEPT} Try again.`;
}

export async function createInvocation(request: InvocationRequest): Promise<Answer> {
  let response: Response;
  try {
    response = await send('POST', '/api/invocations', request);
    if (response.ok) return { kind: 'accepted', invocation: (await response.json()) as Accepted };
  } catch {
    return { kind: 'failed', message: UNREACHABLE };
  }
  const faults = await faultsOf(response);
  if (response.status === 422 && faults.length > 0) return { kind: 'refused', faults };
  return { kind: 'failed', message: failure(response, faults) };
}

/** Asks for the end of an invocation; false if the service did not take the request. */
export async function cancelInvocation(id: string): Promise<boolean> {
  try {
    return (await send('POST', `/api/invocations/${id}/cancel`, {})).ok;
  } catch {
    return false;
  }
}

/** Events after a sequence number; null if the service knows no such invocation. Rejects when it cannot be asked. */
export async function readEvents(id: string, after: number): Promise<InvocationEvent[] | null> {
  const response = await fetch(`/api/invocations/${id}/events?after=${after}`, { headers: visitorHeaders() });
  if (response.status === 404) return null;
  if (!response.ok) throw new Error(`HTTP ${response.status}`);
  return ((await response.json()) as { events: InvocationEvent[] }).events;
}

/** What was asked; null if the service knows no such invocation. Rejects when it cannot be asked. */
export async function readInvocation(id: string): Promise<StoredInvocation | null> {
  const response = await fetch(`/api/invocations/${id}`, { headers: visitorHeaders() });
  if (response.status === 404) return null;
  if (!response.ok) throw new Error(`HTTP ${response.status}`);
  return (await response.json()) as StoredInvocation;
}

/** The last runs, the latest first. Rejects when they cannot be asked for. */
export async function readLast(): Promise<PastRun[]> {
  const response = await fetch(`/api/invocations?limit=${RUNS_KEPT}`, { headers: visitorHeaders() });
  if (!response.ok) throw new Error(`HTTP ${response.status}`);
  return ((await response.json()) as { invocations: PastRun[] }).invocations;
}

/** Address of a whole response, of which the page is given the beginning only. */
export function responseAddress(id: string): string {
  return `/api/invocations/${id}/response`;
}
