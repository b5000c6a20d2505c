import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import type { SocketMessage } from './contract';
import { backoff, InvocationSocket } from './socket';

class FakeWebSocket {
  static readonly made: FakeWebSocket[] = [];
  onmessage: ((message: { data: string }) => void) | null = null;
  constructor(readonly address: URL) {
    FakeWebSocket.made.push(this);
  }
  close(): void {}
  bring(message: SocketMessage): void {
    this.onmessage?.({ data: JSON.stringify(message) });
  }
}

const followed = (): { got: SocketMessage[]; socket: InvocationSocket } => {
  const got: SocketMessage[] = [];
  const socket = new InvocationSocket('a', 0, {
    onMessages: (messages) => got.push(...messages),
    onConnection: () => undefined,
    onGone: () => undefined,
  });
  return { got, socket };
};

const state = (seq: number): SocketMessage => ({
  seq,
  time: '2026-01-01T00:00:00.000Z',
  type: 'state',
  state: 'running',
});

beforeEach(() => {
  const deaf = { addEventListener: () => undefined, removeEventListener: () => undefined };
  vi.stubGlobal('document', deaf);
  vi.stubGlobal('window', deaf);
  vi.stubGlobal('location', new URL('http://127.0.0.1:8000/'));
  vi.stubGlobal('WebSocket', FakeWebSocket);
});

afterEach(() => {
  FakeWebSocket.made.length = 0;
  vi.unstubAllGlobals();
});

it('waits longer after each failure, up to eight seconds', () => {
  expect([0, 1, 2, 3, 4, 5, 6, 20].map((attempt) => backoff(attempt, 0.5))).toEqual([
    250, 500, 1000, 2000, 4000, 8000, 8000, 8000,
  ]);
});

it('spreads the waits by a fifth', () => {
  expect(backoff(2, 0)).toBe(900);
  expect(backoff(2, 1)).toBe(1100);
});

it('hands on each place in the queue and goes on with the first event after it', () => {
  const { got } = followed();
  const queue = [2, 1].map((position): SocketMessage => ({ type: 'queue', position }));
  for (const message of [...queue, state(1), state(2)]) FakeWebSocket.made[0]!.bring(message);
  expect(got).toEqual([...queue, state(1), state(2)]);
  expect(FakeWebSocket.made).toHaveLength(1);
});

it('asks again from the last event it had when one is missing, whatever the queue said in between', () => {
  const { got } = followed();
  const [socket] = FakeWebSocket.made;
  for (const message of [state(1), { type: 'queue', position: 1 } as const, state(3)]) socket!.bring(message);
  expect(got.at(-1)).toEqual({ type: 'queue', position: 1 });
  expect(FakeWebSocket.made.map(({ address }) => address.href)).toEqual([
    'ws://127.0.0.1:8000/ws/invocations/a?after=0',
    'ws://127.0.0.1:8000/ws/invocations/a?after=1',
  ]);
});
