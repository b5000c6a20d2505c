import { setTimeout as pause } from 'node:timers/promises';

async function doJob(number) {
  await pause(100);
  console.log(`Job ${number} is done`);
}

export const handler = async ({ jobs }, context) => {
  for (let number = 1; number <= jobs; number += 1) {
    await doJob(number);
  }

  return { done: jobs, left: 0 };
};
