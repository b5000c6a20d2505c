/** A WebSocket that comes back whenever it was lost. Whoever answers tells everything anew each time. */

import { backoff } from '../backoff';

/** Somebody may not look, or not any more. */
const NOT_YOURS = 4404;

export interface Listener<T> {
  onMessage(message: T): void;
  onConnection(connected: boolean): void;
  onGone(): void;
}

export class LiveSocket<T> {
  #socket: WebSocket | null = null;
  #attempt = 0;
  #timer: ReturnType<typeof setTimeout> | undefined;
  #stopped = false;

  constructor(
    private readonly path: string,
    private readonly listener: Listener<T>,
  ) {
    window.addEventListener('online', this.#now);
    this.#connect();
  }

  stop(): void {
    this.#stopped = true;
    clearTimeout(this.#timer);
    window.removeEventListener('online', this.#now);
    this.#drop();
  }

  #now = (): void => {
    this.#attempt = 0;
    this.#connect();
  };

  #drop(): void {
    if (!this.#socket) return;
    this.#socket.onopen = this.#socket.onmessage = this.#socket.onclose = null;
    this.#socket.close();
    this.#socket = null;
  }

  #connect(): void {
    clearTimeout(this.#timer);
    this.#drop();
    const address = new URL(this.path, location.href);
    address.protocol = location.protocol === 'https:' ? 'wss:' : 'ws:';
    const socket = (this.#socket = new WebSocket(address));
    socket.onopen = () => (this.#attempt = 0);
    socket.onmessage = ({ data }) => {
      this.listener.onConnection(true);
      this.listener.onMessage(JSON.parse(data as string) as T);
    };
    socket.onclose = ({ code }) => {
      if (this.#stopped) return;
      this.#socket = null;
      if (code === NOT_YOURS) {
        this.stop();
        return this.listener.onGone();
      }
      this.listener.onConnection(false);
      this.#timer = setTimeout(() => this.#connect(), backoff(this.#attempt++));
    };
  }
}
