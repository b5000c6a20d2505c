/** Follows one invocation: its events reach the page once and in order, whatever happens to the connection. */

import { readEvents } from './api';
import type { InvocationEvent, SocketMessage } from './contract';
import { visitorQuery } from './visitor';

const FIRST_WAIT_MS = 250;
const LONGEST_WAIT_MS = 8_000;
/** A socket that brought nothing for so long while the page slept may be dead without saying so. */
const STALE_MS = 20_000;
const NO_SUCH_INVOCATION = 4404;

export interface Follower {
  onMessages(messages: SocketMessage[]): void;
  onConnection(connected: boolean): void;
  /** The service does not know the invocation (any more). */
  onGone(): void;
}

/** The wait before the nth attempt in a row (from 0), in ms, spread by up to a fifth so that pages do not come all at once. */
export function backoff(attempt: number, random = Math.random()): number {
  return Math.min(LONGEST_WAIT_MS, FIRST_WAIT_MS * 2 ** attempt) * (0.9 + random * 0.2);
}

export class InvocationSocket {
  #socket: WebSocket | null = null;
  #attempt = 0;
  #timer: ReturnType<typeof setTimeout> | undefined;
  #lastHeard = Date.now();
  #stopped = false;

  /** Events after the sequence number `seq` are wanted. */
  constructor(
    readonly id: string,
    private seq: number,
    private readonly follower: Follower,
  ) {
    document.addEventListener('visibilitychange', this.#wake);
    window.addEventListener('online', this.#wake);
    window.addEventListener('pageshow', this.#wake);
    this.#connect();
  }

  stop(): void {
    this.#stopped = true;
    clearTimeout(this.#timer);
    document.removeEventListener('visibilitychange', this.#wake);
    window.removeEventListener('online', this.#wake);
    window.removeEventListener('pageshow', this.#wake);
    this.#drop();
  }

  #connect(): void {
    clearTimeout(this.#timer);
    this.#drop();
    const address = new URL(`/ws/invocations/${this.id}?after=${this.seq}${visitorQuery()}`, location.href);
    address.protocol = location.protocol === 'https:' ? 'wss:' : 'ws:';
    const socket = new WebSocket(address);
    let first = true;
    let opened = false;
    this.#socket = socket;
    this.#lastHeard = Date.now();
    socket.onopen = () => {
      opened = true;
      this.#attempt = 0;
      this.follower.onConnection(true);
    };
    socket.onmessage = (message) => {
      this.#lastHeard = Date.now();
      const event = JSON.parse(message.data as string) as SocketMessage;
      if (event.type === 'queue') return this.follower.onMessages([event]);
      // A hole in the numbers means that something was missed on this connection: ask again from there.
      if (!first && event.seq > this.seq + 1) return this.#connect();
      first = false;
      this.#take([event]);
    };
    socket.onclose = ({ code }) => {
      if (this.#stopped || socket !== this.#socket) return;
      this.#socket = null;
      if (code === NO_SUCH_INVOCATION) return this.#gone();
      this.follower.onConnection(false);
      if (!opened) void this.#readOnce();
      this.#timer = setTimeout(() => this.#connect(), backoff(this.#attempt++));
    };
  }

  /** Where no socket can be opened (a proxy that does not let them through), plain requests bring the events. */
  async #readOnce(): Promise<void> {
    const events = await readEvents(this.id, this.seq).catch(() => undefined);
    if (this.#stopped) return;
    if (events === null) this.#gone();
    else if (events) this.#take(events);
  }

  #take(events: InvocationEvent[]): void {
    const fresh = events.filter((event) => event.seq > this.seq);
    if (fresh.length === 0) return;
    this.seq = fresh.at(-1)!.seq;
    if (fresh.some((event) => event.type === 'finished')) {
      this.stop();
      this.follower.onConnection(true);
    }
    this.follower.onMessages(fresh);
  }

  #gone(): void {
    this.stop();
    this.follower.onGone();
  }

  #drop(): void {
    const socket = this.#socket;
    this.#socket = null;
    if (!socket) return;
    socket.onopen = socket.onmessage = socket.onclose = null;
    socket.close();
  }

  #wake = (): void => {
    if (document.visibilityState === 'hidden') return;
    const open = this.#socket?.readyState === WebSocket.OPEN;
    if (open && Date.now() - this.#lastHeard < STALE_MS) return;
    if (this.#socket?.readyState === WebSocket.CONNECTING) return;
    this.#attempt = 0;
    this.#connect();
  };
}
