/** Requests of the plan editor. What goes wrong comes back as a value, and never as an exception. */

import { faultsOf, send } from '../api';
import type { FieldFault } from '../contract';
import { AWAY } from '../workshop/requests';
import type { Proof, StoredPlan } from './contract';

export type Told<T> =
  | { kind: 'ok'; value: T }
  /** Every fault with the way to it, from the plan on. */
  | { kind: 'refused'; faults: FieldFault[] }
  /** Another tab has saved meanwhile. */
  | { kind: 'changed'; current: StoredPlan }
  | { kind: 'failed'; message: string };

export class PlanRequests {
  readonly #path: string;

  constructor(workshop: string) {
    this.#path = `/api/workshops/${workshop}`;
  }

  readonly read = (): Promise<Told<StoredPlan>> => ask('GET', `${this.#path}/plan`);

  readonly save = (revision: number, plan: unknown): Promise<Told<StoredPlan>> =>
    ask('PUT', `${this.#path}/plan`, { revision, plan });

  readonly prove = (exercise: string): Promise<Told<Proof>> => ask('POST', this.#proof(exercise), {});

  readonly proof = (exercise: string): Promise<Told<Proof>> => ask('GET', this.#proof(exercise));

  #proof(exercise: string): string {
    return `${this.#path}/exercises/${encodeURIComponent(exercise)}/proof`;
  }
}

export const preview = (text: string): Promise<Told<{ html: string }>> =>
  ask('POST', '/api/workshops/markdown', { text });

async function ask<T>(method: string, path: string, body?: unknown): Promise<Told<T>> {
  try {
    const response = await send(method, path, body);
    if (response.ok) return { kind: 'ok', value: (await response.json()) as T };
    if (response.status === 409) {
      return { kind: 'changed', current: ((await response.json()) as { current: StoredPlan }).current };
    }
    const faults = await faultsOf(response);
    if (response.status === 422 && faults.length > 0) {
      return { kind: 'refused', faults: faults.map((fault) => ({ ...fault, field: ofPlan(fault.field) })) };
    }
    return { kind: 'failed', message: sentence(response.status, faults) };
  } catch {
    return { kind: 'failed', message: AWAY };
  }
}

const ofPlan = (field: string[]): string[] => (field[0] === 'plan' ? field.slice(1) : field);

function sentence(status: number, faults: FieldFault[]): string {
  if (status === 404) return 'It is not there: the workshop is not yours, or is deleted.';
  const said = faults.map(({ message }) => message).join(' ');
  return said || `The playground answered with HTTP ${status}. Try again.`;
}
