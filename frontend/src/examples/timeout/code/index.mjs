import { setTimeout as pause } from 'node:timers/promises';

const RESERVE_MS = 500;

// The timeout of this example is 2 seconds; see the configuration.
export const handler = async ({ steps, careful }, context) => {
  for (let step = 1; step <= steps; step += 1) {
    const left = context.getRemainingTimeInMillis();
    console.log(`Step ${step} of ${steps}, ${left} ms left`);

    // Better an answer about the half that is done than none at all.
    if (careful && left < RESERVE_MS) return { done: step - 1, left: steps - step + 1 };

    await pause(250);
  }
  return { done: steps, left: 0 };
};
