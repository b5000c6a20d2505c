/** The invocation that is shown: sent, followed, cancelled, found again after a reload. */

import { type Answer, cancelInvocation, createInvocation } from './api';
import type { InvocationEvent, InvocationRequest } from './contract';
import { lastRun, rememberRun } from './draft';
import { fold, isActive, NO_RUN, queuedRun, type Run } from './run';
import { InvocationSocket } from './socket';

const DRAW_EVERY_MS = 16;
/** In a flood of lines, drawing less often leaves time to read what arrives. */
const FLOOD_EVENTS = 100;
const DRAW_FLOOD_EVERY_MS = 120;
const TICK_MS = 100;

export class CurrentInvocation {
  run = $state.raw<Run>(NO_RUN);
  sending = $state(false);
  cancelling = $state(false);
  /** False while the socket of a running invocation is broken. */
  connected = $state(true);
  /** Time since the click in ms: counts while under way, null where the click is not known. */
  elapsed = $state<number | null>(null);
  readonly active = $derived(this.sending || isActive(this.run));

  #socket: InvocationSocket | null = null;
  #queue: InvocationEvent[] = [];
  #drawAfter = DRAW_EVERY_MS;
  #drawTimer: ReturnType<typeof setTimeout> | undefined;
  #ticker: ReturnType<typeof setInterval> | undefined;
  #clickedAt: number | null = null;

  /** `say` is given what went wrong after the invocation was accepted, as a sentence. */
  constructor(private readonly say: (message: string) => void) {}

  /** Follows the invocation of before a reload, if there was one. */
  resume(): void {
    const id = lastRun();
    if (id) this.#follow(queuedRun(id, null));
  }

  stop(): void {
    this.#socket?.stop();
    clearTimeout(this.#drawTimer);
    clearInterval(this.#ticker);
  }

  /** Sends a request and follows what is accepted. What was shown before stays until then. */
  async start(request: InvocationRequest): Promise<Answer> {
    const elapsedBefore = this.elapsed;
    this.sending = true;
    this.cancelling = false;
    this.#clock(Date.now());
    const answer = await createInvocation(request);
    this.sending = false;
    if (answer.kind !== 'accepted') {
      this.#clock(null);
      this.elapsed = elapsedBefore;
      this.cancelling = false;
      return answer;
    }
    const { id, created_at } = answer.invocation;
    rememberRun(id);
    this.#follow(queuedRun(id, created_at));
    if (this.cancelling) void this.#requestCancel(id);
    return answer;
  }

  /** May be called while the request is on its way: it is then cancelled as soon as it has an id. */
  async cancel(): Promise<void> {
    if (!this.active || this.cancelling) return;
    this.cancelling = true;
    if (!this.sending && this.run.id) await this.#requestCancel(this.run.id);
  }

  async #requestCancel(id: string): Promise<void> {
    if ((await cancelInvocation(id)) || !isActive(this.run)) return;
    this.cancelling = false;
    this.say('The cancellation did not reach the playground; the invocation still runs. Try again.');
  }

  #follow(run: Run): void {
    this.#socket?.stop();
    this.#queue = [];
    this.run = run;
    const clicked = this.#clickedAt !== null;
    this.#socket = new InvocationSocket(run.id!, 0, {
      onEvents: (events) => this.#receive(events),
      onConnection: (connected) => (this.connected = connected),
      onGone: () => {
        rememberRun(null);
        this.#clock(null);
        this.connected = true;
        this.cancelling = false;
        this.run = NO_RUN;
        if (clicked) this.say('The playground no longer knows this invocation. Your work is kept.');
      },
    });
  }

  // A burst of lines is folded in and drawn once a frame, not once a line.
  #receive(events: InvocationEvent[]): void {
    this.#queue.push(...events);
    this.#drawTimer ??= setTimeout(() => {
      this.#drawTimer = undefined;
      this.run = fold(this.run, this.#queue);
      this.#drawAfter = this.#queue.length > FLOOD_EVENTS ? DRAW_FLOOD_EVERY_MS : DRAW_EVERY_MS;
      this.#queue = [];
      if (isActive(this.run)) return;
      this.cancelling = false;
      if (this.#clickedAt !== null) this.elapsed = Date.now() - this.#clickedAt;
      this.#clickedAt = null;
      clearInterval(this.#ticker);
    }, this.#drawAfter);
  }

  #clock(clickedAt: number | null): void {
    clearInterval(this.#ticker);
    this.#clickedAt = clickedAt;
    this.elapsed = clickedAt === null ? null : 0;
    if (clickedAt !== null)
      this.#ticker = setInterval(() => (this.elapsed = Date.now() - clickedAt), TICK_MS);
  }
}
