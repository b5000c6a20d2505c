import { parentPort, workerData } from 'node:worker_threads';

function isPrime(number) {
  if (number < 2) return false;
  for (let divisor = 2; divisor * divisor <= number; divisor += 1) {
    if (number % divisor === 0) return false;
  }
  return true;
}

let count = 0;
for (let number = workerData.from; number < workerData.to; number += 1) {
  if (isPrime(number)) count += 1;
}
parentPort.postMessage(count);
