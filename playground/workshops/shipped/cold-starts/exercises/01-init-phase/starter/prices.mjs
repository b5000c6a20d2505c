import { setTimeout as pause } from 'node:timers/promises';

/** The price list, as it would come from a slow place. */
export async function loadPrices() {
  console.log('Loading prices');
  await pause(300);
  return new Map([
    ['tea', 3],
    ['coffee', 4],
    ['cake', 5],
  ]);
}
