/**
 * The page's WebSocket: whatever happens to the connection, the events of the run that is followed reach the page once
 * and in order. It stays open from one run to the next, as opening one takes longer than a warm function.
 */

import { readEvents } from './api';
import { backoff } from './backoff';
import type { InvocationEvent, SocketMessage } from './contract';
import { visitorKey } from './visitor';

/** A socket that brought nothing for so long while the page slept may be dead without saying so. */
const STALE_MS = 20_000;
/** A run of which nothing is heard for so long on a socket of before is asked for on a new one. */
const SILENCE_MS = 3_000;

export interface Follower {
  onMessages(messages: SocketMessage[]): void;
  onConnection(connected: boolean): void;
  /** The service does not know the invocation (any more). */
  onGone(): void;
}

interface Followed {
  readonly id: string;
  /** Number of the last event that was handed on. */
  seq: number;
  readonly follower: Follower;
  /** Whether something was heard of it on the socket that is open now. */
  heard: boolean;
}

/** What comes in one frame is of one run. */
interface Frame {
  readonly invocation: string;
  readonly messages: (SocketMessage | { type: 'unknown' })[];
}

export class InvocationSocket {
  #socket: WebSocket | null = null;
  #followed: Followed | null = null;
  /** Whether the socket was there before the run that is followed. */
  #reused = false;
  #attempt = 0;
  #timer: ReturnType<typeof setTimeout> | undefined;
  #lastHeard = Date.now();

  constructor() {
    document.addEventListener('visibilitychange', this.#wake);
    window.addEventListener('online', this.#wake);
    window.addEventListener('pageshow', this.#wake);
  }

  /** Opens it ahead of a run. */
  ready(): void {
    if (!this.#socket) this.#connect();
  }

  /** Follows an invocation in place of the one before; events after the sequence number `seq` are wanted. */
  follow(id: string, seq: number, follower: Follower): void {
    clearTimeout(this.#timer);
    this.#followed = { id, seq, follower, heard: false };
    this.#attempt = 0;
    const state = this.#socket?.readyState;
    this.#reused = state === WebSocket.OPEN || state === WebSocket.CONNECTING;
    if (!this.#reused) this.#connect();
    else if (state === WebSocket.OPEN) this.#ask(this.#socket!);
  }

  /** Hands nothing more on of the run that is followed. */
  leave(): void {
    clearTimeout(this.#timer);
    this.#followed = null;
  }

  stop(): void {
    this.leave();
    document.removeEventListener('visibilitychange', this.#wake);
    window.removeEventListener('online', this.#wake);
    window.removeEventListener('pageshow', this.#wake);
    this.#drop();
  }

  #connect(): void {
    clearTimeout(this.#timer);
    this.#drop();
    const address = new URL('/ws/invocations', location.href);
    address.protocol = location.protocol === 'https:' ? 'wss:' : 'ws:';
    const socket = (this.#socket = new WebSocket(address));
    let opened = false;
    this.#lastHeard = Date.now();
    socket.onopen = () => {
      opened = true;
      this.#attempt = 0;
      this.#followed?.follower.onConnection(true);
      this.#ask(socket);
    };
    socket.onmessage = ({ data }) => {
      this.#lastHeard = Date.now();
      this.#receive(JSON.parse(data as string) as Frame);
    };
    socket.onclose = () => {
      this.#socket = null;
      if (!this.#followed) return;
      this.#reused = false;
      this.#followed.follower.onConnection(false);
      if (!opened) void this.#readOnce(this.#followed);
      clearTimeout(this.#timer);
      this.#timer = setTimeout(() => this.#connect(), backoff(this.#attempt++));
    };
  }

  #ask(socket: WebSocket): void {
    const followed = this.#followed;
    if (!followed) return;
    followed.heard = false;
    socket.send(JSON.stringify({ follow: followed.id, after: followed.seq, visitor: visitorKey() }));
    if (this.#reused) this.#timer = setTimeout(() => this.#again(), SILENCE_MS);
  }

  #again(): void {
    this.#reused = false;
    this.#connect();
  }

  #receive({ invocation, messages }: Frame): void {
    const followed = this.#followed;
    if (invocation !== followed?.id) return;
    if (this.#reused) clearTimeout(this.#timer);
    const first = messages[0]!;
    if (first.type === 'unknown') {
      // Who asks is told as the socket is opened, and may be somebody else since.
      if (this.#reused) this.#again();
      else this.#gone();
      return;
    }
    if (first.type === 'queue') return followed.follower.onMessages([first]);
    // A hole in the numbers means that something was missed on this connection: ask again from there.
    if (followed.heard && first.seq > followed.seq + 1) return this.#again();
    followed.heard = true;
    this.#take(followed, messages as InvocationEvent[]);
  }

  /** Where no socket can be opened (a proxy that does not let them through), plain requests bring the events. */
  async #readOnce(followed: Followed): Promise<void> {
    const events = await readEvents(followed.id, followed.seq).catch(() => undefined);
    if (followed !== this.#followed) return;
    if (events === null) this.#gone();
    else if (events) this.#take(followed, events);
  }

  #take(followed: Followed, events: InvocationEvent[]): void {
    const fresh = events.filter((event) => event.seq > followed.seq);
    if (fresh.length === 0) return;
    followed.seq = fresh.at(-1)!.seq;
    if (fresh.some((event) => event.type === 'finished')) {
      this.leave();
      followed.follower.onConnection(true);
    }
    followed.follower.onMessages(fresh);
  }

  #gone(): void {
    const followed = this.#followed;
    this.leave();
    followed?.follower.onGone();
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
    if (this.#followed) this.#again();
    else this.#drop();
  };
}
