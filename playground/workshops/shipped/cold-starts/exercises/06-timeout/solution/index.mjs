import { setTimeout as pause } from 'node:timers/promises';

// Enough for one more job, and for the answer.
const RESERVE_MS = 500;

async function doJob(number) {
  await pause(100);
  console.log(`Job ${number} is done`);
}

export const handler = async ({ jobs }, context) => {
  let done = 0;
  while (done < jobs && context.getRemainingTimeInMillis() > RESERVE_MS) {
    await doJob(done + 1);
    done += 1;
  }

  return { done, left: jobs - done };
};
