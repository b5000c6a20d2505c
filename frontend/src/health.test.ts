import { expect, it } from 'vitest';
import { readHealth } from './health';

it('is well when the service says so, and knows the sandbox', () => {
  const body = {
    status: 'ok',
    redis: { ok: true },
    sandbox: { ok: true, kind: 'local', notice: 'Own code.' },
  };
  expect(readHealth(body)).toEqual({
    state: 'well',
    down: [],
    sandbox: { kind: 'local', notice: 'Own code.' },
  });
});

it('names what is down', () => {
  const body = {
    status: 'down',
    database: { ok: true },
    worker: { ok: false },
    sandbox: { ok: false, kind: '' },
  };
  expect(readHealth(body)).toEqual({ state: 'troubled', down: ['worker', 'sandbox'], sandbox: null });
});
