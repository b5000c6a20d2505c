import { expect, it } from 'vitest';
import { Late } from './late.svelte';

it('is loaded once, and is shown without waiting from then on', async () => {
  let loads = 0;
  const late = new Late(
    async () => ({ default: (loads += 1) }),
    () => {},
  );
  expect(late.shown).toBeNull();
  await late.show();
  expect(late.shown).toBe(1);
  late.hide();
  expect(late.shown).toBeNull();
  void late.show();
  expect(late.shown).toBe(1);
});

it('says when it could not be loaded, and is tried again', async () => {
  let isBroken = true;
  let failures = 0;
  const late = new Late(
    async () => {
      if (isBroken) throw new Error('offline');
      return { default: 'here' };
    },
    () => (failures += 1),
  );
  await late.show();
  expect([late.shown, failures]).toEqual([null, 1]);
  isBroken = false;
  await late.show();
  expect([late.shown, failures]).toEqual(['here', 1]);
});
