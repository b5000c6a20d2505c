import { expect, it } from 'vitest';
import { Late } from './late';

it('is loaded once, and is there without waiting from then on', async () => {
  let loads = 0;
  const late = new Late(async () => (loads += 1));
  expect(late.here).toBeNull();
  expect(await late.get()).toBe(1);
  expect(late.here).toBe(1);
  expect(await late.get()).toBe(1);
});

it('is tried again when it could not be loaded', async () => {
  let broken = true;
  const late = new Late(async () => {
    if (broken) throw new Error('offline');
    return 'here';
  });
  await expect(late.get()).rejects.toThrow('offline');
  broken = false;
  expect(await late.get()).toBe('here');
});
