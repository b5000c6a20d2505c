import { availableParallelism } from 'node:os';
import { Worker } from 'node:worker_threads';

const countPrimes = (from, to) =>
  new Promise((resolve, reject) => {
    const worker = new Worker(new URL('./primes.mjs', import.meta.url), { workerData: { from, to } });
    worker.once('message', resolve);
    worker.once('error', reject);
  });

export const handler = async ({ limit, threads }) => {
  const begun = performance.now();
  const share = Math.ceil(limit / threads);
  // Each thread takes a share of the numbers; the main thread stays free.
  const counts = await Promise.all(
    Array.from({ length: threads }, (_, n) => countPrimes(n * share, Math.min((n + 1) * share, limit))),
  );
  return {
    primes: counts.reduce((sum, count) => sum + count, 0),
    threads,
    processors: availableParallelism(),
    tookMs: Math.round(performance.now() - begun),
  };
};
