/** The invocation that is shown: sent, followed, cancelled, found again after a reload. */

import { type Answer, cancelInvocation, createInvocation, readEvents, readInvocation } from './api';
import type { InvocationRequest, Outcome, SocketMessage } from './contract';
import { forgetRun, type LastRun, lastRun, rememberRun } from './draft';
import { RunHistory } from './history.svelte';
import { fold, isActive, NO_RUN, queuedRun, type Run } from './run';
import { InvocationSocket } from './socket';

const DRAW_EVERY_MS = 16;
/** In a flood of lines, drawing less often leaves time to read what arrives. */
const FLOOD_EVENTS = 100;
const DRAW_FLOOD_EVERY_MS = 120;
const TICK_MS = 100;

export class CurrentInvocation {
  run = $state.raw<Run>(NO_RUN);
  /** A run of before that is looked at instead, read-only. */
  past = $state.raw<Run | null>(null);
  /** The run whose logs, response and metrics are shown. */
  readonly shown = $derived(this.past ?? this.run);
  sending = $state(false);
  cancelling = $state(false);
  /** False while the socket of a running invocation is broken. */
  connected = $state(true);
  /** Time since the click in ms: counts while under way, null where the click is not known. */
  elapsed = $state<number | null>(null);
  readonly history = new RunHistory();
  readonly active = $derived(this.sending || isActive(this.run));

  readonly #socket = new InvocationSocket();
  #queue: SocketMessage[] = [];
  #drawAfter = DRAW_EVERY_MS;
  #drawTimer: ReturnType<typeof setTimeout> | undefined;
  #ticker: ReturnType<typeof setInterval> | undefined;
  #clickedAt: number | null = null;
  #last: LastRun | null = null;
  /** Found again after a reload: its end may have been while nobody looked. */
  #resumed = false;
  #wanted: string | null = null;

  /** `say` is given what went wrong after the invocation was accepted, as a sentence; `ended` what came of it. */
  constructor(
    private readonly say: (message: string) => void,
    private readonly ended: (outcome: Outcome) => void = () => {},
  ) {}

  /** Follows the invocation of before a reload, if there was one, and asks for the runs of before. */
  resume(): void {
    void this.history.load();
    const last = lastRun();
    if (!last) return;
    this.#last = last;
    this.#resumed = true;
    this.#follow(queuedRun(last.id, last.created));
    void this.#learn(last.id);
    if (last.elapsed === null) this.#clock(last.clickedAt);
    else this.elapsed = last.elapsed;
  }

  stop(): void {
    this.#socket.stop();
    clearTimeout(this.#drawTimer);
    clearInterval(this.#ticker);
  }

  /** Sends a request and follows what is accepted. What was shown before stays until then. */
  async start(request: InvocationRequest): Promise<Answer> {
    const elapsedBefore = this.elapsed;
    const clickedAt = Date.now();
    this.sending = true;
    this.cancelling = false;
    this.past = null;
    this.#clock(clickedAt);
    this.#socket.ready();
    const answer = await createInvocation(request);
    this.sending = false;
    if (answer.kind !== 'accepted') {
      this.#clock(null);
      this.elapsed = elapsedBefore;
      this.cancelling = false;
      return answer;
    }
    const { id, created_at: created, queue_position: position } = answer.invocation;
    this.#resumed = false;
    this.#last = { id, created, clickedAt, elapsed: null };
    rememberRun(this.#last);
    this.#follow(queuedRun(id, created, { position: position ?? null, asked: request }));
    if (this.cancelling) void this.#requestCancel(id);
    return answer;
  }

  /** May be called while the request is on its way: it is then cancelled as soon as it has an id. */
  async cancel(): Promise<void> {
    if (!this.active || this.cancelling) return;
    this.cancelling = true;
    if (!this.sending && this.run.id) await this.#requestCancel(this.run.id);
  }

  /** Shows a run of before, read-only. */
  async look(id: string): Promise<void> {
    if (id === this.run.id) return this.lookBack();
    const wanted = (this.#wanted = id);
    const read = Promise.all([readInvocation(id), readEvents(id, 0)]);
    const [invocation, events] = await read.catch(() => [undefined, undefined]);
    // Somebody may have gone on to another run, or back, in the meantime.
    if (wanted !== this.#wanted || this.active) return;
    if (invocation && events) {
      this.past = fold(queuedRun(id, invocation.created_at, { asked: invocation }), events);
    } else if (invocation === null || events === null) {
      this.history.forget(id);
      this.say('This run is gone, or is not shared any more.');
    } else this.say('The run cannot be read; check the connection and try again.');
  }

  /** Back to the run of this tab. */
  lookBack(): void {
    this.#wanted = null;
    this.past = null;
  }

  async #learn(id: string): Promise<void> {
    const asked = await readInvocation(id).catch(() => null);
    if (asked && this.run.id === id) this.run = { ...this.run, asked };
  }

  async #requestCancel(id: string): Promise<void> {
    if ((await cancelInvocation(id)) || !isActive(this.run)) return;
    this.cancelling = false;
    this.say('The cancellation did not reach the playground; the invocation still runs. Try again.');
  }

  #follow(run: Run): void {
    this.#queue = [];
    this.run = run;
    const clicked = this.#clickedAt !== null;
    this.#socket.follow(run.id!, 0, {
      onMessages: (messages) => this.#receive(messages),
      onConnection: (connected) => (this.connected = connected),
      onGone: () => {
        forgetRun();
        this.#clock(null);
        this.connected = true;
        this.cancelling = false;
        this.run = NO_RUN;
        if (clicked) this.say('The playground no longer knows this invocation. Your work is kept.');
      },
    });
  }

  // A burst of lines is folded in and drawn once a frame, not once a line.
  #receive(messages: SocketMessage[]): void {
    this.#queue.push(...messages);
    this.#drawTimer ??= setTimeout(() => {
      this.#drawTimer = undefined;
      this.run = fold(this.run, this.#queue);
      this.#drawAfter = this.#queue.length > FLOOD_EVENTS ? DRAW_FLOOD_EVERY_MS : DRAW_EVERY_MS;
      this.#queue = [];
      if (isActive(this.run)) return;
      this.history.add(this.run);
      if (this.run.result) this.ended(this.run.result.outcome);
      this.cancelling = false;
      if (this.#clickedAt !== null) this.#answered(this.#clickedAt);
      this.#clickedAt = null;
      clearInterval(this.#ticker);
    }, this.#drawAfter);
  }

  #answered(clickedAt: number): void {
    const { queued, finished } = this.run.since;
    const told = queued !== undefined && finished !== undefined ? finished - queued : null;
    this.elapsed = this.#resumed ? told : Date.now() - clickedAt;
    if (this.#last) rememberRun({ ...this.#last, elapsed: this.elapsed });
  }

  #clock(clickedAt: number | null): void {
    clearInterval(this.#ticker);
    this.#clickedAt = clickedAt;
    this.elapsed = clickedAt === null ? null : Date.now() - clickedAt;
    if (clickedAt !== null)
      this.#ticker = setInterval(() => (this.elapsed = Date.now() - clickedAt), TICK_MS);
  }
}
