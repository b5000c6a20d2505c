const isPrime = (number) => {
  for (let divisor = 2; divisor * divisor <= number; divisor += 1) {
    if (number % divisor === 0) return false;
  }
  return number > 1;
};

export const handler = async ({ limit }, context) => {
  let primes = 0;
  for (let number = 0; number < limit; number += 1) {
    if (isPrime(number)) primes += 1;
  }

  return { primes, memoryMb: Number(context.memoryLimitInMB) };
};
