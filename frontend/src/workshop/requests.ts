/** Requests of a participant. What is refused comes back as a sentence, and never as an exception. */

import { faultsOf, send } from '../api';
import type { SnippetContent } from '../snippet/contract';
import type { Attempt, Exercise, Shown, StoredWork, WorkshopState } from './contract';

export const AWAY = 'The playground cannot be reached; check the connection.';

export type Told<T> =
  | { kind: 'ok'; value: T }
  /** The work was changed in another tab. */
  | { kind: 'changed'; current: StoredWork }
  | { kind: 'refused'; message: string }
  | { kind: 'offline' };

export class Requests {
  constructor(private readonly token: string) {}

  readonly state = (): Promise<Told<WorkshopState>> => this.#ask('GET', '');

  readonly hand = (raised: boolean): Promise<Told<WorkshopState>> => this.#ask('POST', '/hand', { raised });

  readonly answerShowing = (agrees: boolean): Promise<Told<WorkshopState>> =>
    this.#ask('POST', '/showing', { agrees });

  readonly shown = (): Promise<Told<Shown>> => this.#ask('GET', '/showing');

  readonly exercise = (id: string): Promise<Told<Exercise>> => this.#ask('GET', this.#at(id));

  readonly hint = (id: string): Promise<Told<Exercise>> => this.#ask('POST', this.#at(id, 'hints'), {});

  readonly starter = (id: string): Promise<Told<Exercise>> => this.#ask('POST', this.#at(id, 'starter'), {});

  readonly restore = (id: string, copy_id: number): Promise<Told<Exercise>> =>
    this.#ask('POST', this.#at(id, 'restore'), { copy_id });

  readonly attempt = (id: string): Promise<Told<Attempt>> => this.#ask('POST', this.#at(id, 'attempts'), {});

  /** `leaving`: the request goes on when the page is left. */
  readonly save = (
    id: string,
    content: SnippetContent,
    revision: number,
    leaving = false,
  ): Promise<Told<StoredWork>> => this.#ask('PUT', this.#at(id, 'work'), { ...content, revision }, leaving);

  #at(id: string, rest = ''): string {
    return `/exercises/${encodeURIComponent(id)}${rest && `/${rest}`}`;
  }

  async #ask<T>(method: string, path: string, body?: unknown, leaving = false): Promise<Told<T>> {
    try {
      const response = await send(method, `/api/participants/${this.token}${path}`, body, leaving);
      if (response.ok) return { kind: 'ok', value: (await response.json()) as T };
      if (response.status === 409) {
        return { kind: 'changed', current: ((await response.json()) as { current: StoredWork }).current };
      }
      const said = (await faultsOf(response)).map(({ message }) => message).join(' ');
      return { kind: 'refused', message: said || `The playground answered with HTTP ${response.status}.` };
    } catch {
      return { kind: 'offline' };
    }
  }
}
