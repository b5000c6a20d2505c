import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import type { SocketMessage } from './contract';
import { InvocationSocket } from './socket';

class FakeWebSocket {
  static readonly CONNECTING = 0;
  static readonly OPEN = 1;
  static readonly made: FakeWebSocket[] = [];
  readyState = FakeWebSocket.CONNECTING;
  readonly said: unknown[] = [];
  onopen: (() => void) | null = null;
  onmessage: ((message: { data: string }) => void) | null = null;
  onclose: (() => void) | null = null;
  constructor(readonly address: URL) {
    FakeWebSocket.made.push(this);
  }
  send(text: string): void {
    this.said.push(JSON.parse(text));
  }
  close(): void {}
  open(): void {
    this.readyState = FakeWebSocket.OPEN;
    this.onopen?.();
  }
  end(): void {
    this.readyState = 3;
    this.onclose?.();
  }
  bring(invocation: string, ...messages: (SocketMessage | { type: 'unknown' })[]): void {
    this.onmessage?.({ data: JSON.stringify({ invocation, messages }) });
  }
}

const made = (): FakeWebSocket[] => FakeWebSocket.made;
const last = (): FakeWebSocket => made().at(-1)!;

function followed(socket: InvocationSocket, id: string) {
  const seen = { got: [] as SocketMessage[], connected: [] as boolean[], gone: 0 };
  socket.follow(id, 0, {
    onMessages: (messages) => seen.got.push(...messages),
    onConnection: (connected) => seen.connected.push(connected),
    onGone: () => (seen.gone += 1),
  });
  return seen;
}

const state = (seq: number): SocketMessage => ({
  seq,
  time: '2026-01-01T00:00:00.000Z',
  type: 'state',
  state: 'running',
});

const finished = (seq: number) =>
  ({ seq, time: '2026-01-01T00:00:00.000Z', type: 'finished' }) as SocketMessage;

const asked = (follow: string, after: number) => ({ follow, after, visitor: '' });

beforeEach(() => {
  vi.useFakeTimers();
  const deaf = { addEventListener: () => undefined, removeEventListener: () => undefined };
  vi.stubGlobal('document', deaf);
  vi.stubGlobal('window', deaf);
  vi.stubGlobal('location', new URL('http://127.0.0.1:8000/'));
  vi.stubGlobal('WebSocket', FakeWebSocket);
  vi.stubGlobal('fetch', () => Promise.reject(new Error('offline')));
});

afterEach(() => {
  FakeWebSocket.made.length = 0;
  vi.unstubAllGlobals();
  vi.useRealTimers();
});

it('hands on each place in the queue and goes on with the first event after it', () => {
  const { got } = followed(new InvocationSocket(), 'a');
  last().open();
  const queue = [2, 1].map((position): SocketMessage => ({ type: 'queue', position }));
  for (const message of [...queue, state(1), state(2)]) last().bring('a', message);
  expect(got.map((message) => ('seq' in message ? message.seq : message.position))).toEqual([2, 1, 1, 2]);
  expect(made()).toHaveLength(1);
});

it('stays open from one run to the next, and asks for the next on it at once', () => {
  const socket = new InvocationSocket();
  followed(socket, 'a');
  last().open();
  last().bring('a', finished(1));
  const second = followed(socket, 'b');
  last().bring('a', state(2));
  last().bring('b', state(1));
  expect(made().map(({ address }) => address.href)).toEqual(['ws://127.0.0.1:8000/ws/invocations']);
  expect(last().said).toEqual([asked('a', 0), asked('b', 0)]);
  expect(second.got).toHaveLength(1);
});

it('is opened ahead of a run, and asks when both are there', () => {
  const socket = new InvocationSocket();
  socket.ready();
  last().open();
  expect(last().said).toEqual([]);
  followed(socket, 'a');
  expect(last().said).toEqual([asked('a', 0)]);
  expect(made()).toHaveLength(1);
});

it('asks again from the last event it had when one is missing, whatever the queue said in between', () => {
  const { got } = followed(new InvocationSocket(), 'a');
  last().open();
  for (const message of [state(1), { type: 'queue', position: 1 } as const, state(3)])
    last().bring('a', message);
  expect(got.at(-1)).toMatchObject({ type: 'queue', position: 1 });
  expect(made()).toHaveLength(2);
  last().open();
  expect(last().said).toEqual([asked('a', 1)]);
});

it('comes back after a loss during a run, and only with the next run after one in between', () => {
  const socket = new InvocationSocket();
  const { connected, got } = followed(socket, 'a');
  last().open();
  last().bring('a', state(1));
  last().end();
  vi.advanceTimersByTime(300);
  last().open();
  expect(last().said).toEqual([asked('a', 1)]);
  expect(connected).toEqual([true, false, true]);
  last().bring('a', finished(2));
  expect(got).toHaveLength(2);

  last().end();
  vi.advanceTimersByTime(60_000);
  expect(made()).toHaveLength(2);
  followed(socket, 'b');
  expect(made()).toHaveLength(3);
});

it('asks on a new socket when the one of before says nothing', () => {
  const socket = new InvocationSocket();
  followed(socket, 'a');
  last().open();
  last().bring('a', finished(1));
  followed(socket, 'b');
  vi.advanceTimersByTime(3_100);
  expect(made()).toHaveLength(2);
  last().open();
  expect(last().said).toEqual([asked('b', 0)]);
  vi.advanceTimersByTime(60_000);
  expect(made()).toHaveLength(2);
});

it('asks on a new socket whether a run is unknown, as who asks may be somebody else since the one of before', () => {
  const socket = new InvocationSocket();
  socket.ready();
  last().open();
  const seen = followed(socket, 'a');
  last().bring('a', { type: 'unknown' });
  expect(made()).toHaveLength(2);
  expect(seen.gone).toBe(0);
  last().open();
  last().bring('a', { type: 'unknown' });
  expect(made()).toHaveLength(2);
  expect(seen.gone).toBe(1);
});
