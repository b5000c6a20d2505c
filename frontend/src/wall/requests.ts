/** Requests of the wall. Each answers a sentence where it was refused. */

import { faultsOf, send } from '../api';
import type { Shown } from '../workshop/contract';
import { AWAY } from '../workshop/requests';
import type { Look } from './contract';

export interface Steering {
  announcement?: string;
  open?: string[];
  close?: string[];
  is_locked?: boolean;
  runs_per_minute?: number | null;
}

export class WallRequests {
  constructor(private readonly workshop: string) {}

  readonly steer = (steering: Steering): Promise<string | null> => this.#post('/steer', steering);

  readonly note = (participant: string, exercise: string, text: string): Promise<string | null> =>
    this.#post(`/participants/${participant}/notes`, { text, exercise });

  readonly lowerHand = (participant: string): Promise<string | null> =>
    this.#post(`/participants/${participant}/lower-hand`, {});

  readonly show = (attempt: string): Promise<string | null> => this.#post('/showing', { attempt });

  readonly showNothing = (): Promise<string | null> => this.#change('DELETE', '/showing');

  /** Null where nothing is shown, or it cannot be read. */
  readonly shown = (): Promise<Shown | null> => this.#read('/showing');

  /** Null where it cannot be read. */
  readonly look = (participant: string, exercise: string): Promise<Look | null> =>
    this.#read(`/participants/${participant}/exercises/${encodeURIComponent(exercise)}`);

  async #read<T>(path: string): Promise<T | null> {
    const response = await fetch(`/api/workshops/${this.workshop}${path}`).catch(() => null);
    return response?.ok ? ((await response.json()) as T) : null;
  }

  readonly #post = (path: string, body: unknown): Promise<string | null> => this.#change('POST', path, body);

  async #change(method: string, path: string, body?: unknown): Promise<string | null> {
    try {
      const response = await send(method, `/api/workshops/${this.workshop}${path}`, body);
      if (response.ok) return null;
      const said = (await faultsOf(response)).map(({ message }) => message).join(' ');
      return said || `The playground answered with HTTP ${response.status}.`;
    } catch {
      return AWAY;
    }
  }
}
