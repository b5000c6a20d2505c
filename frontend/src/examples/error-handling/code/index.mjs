import { setTimeout as pause } from 'node:timers/promises';

// The name of an error's class is the errorType that callers see.
class UnknownOrder extends Error {
  constructor(id) {
    super(`There is no order ${id}`);
    this.name = 'UnknownOrder';
  }
}

let attempts = 0;

async function load(id) {
  attempts += 1;
  if (id === 'unknown') throw new UnknownOrder(id);
  if (id === 'shaky' && attempts < 3) throw new Error('The connection was lost');
  return { id, amount: 199.99 };
}

async function loadWithRetries(id) {
  for (let attempt = 1; ; attempt += 1) {
    try {
      return await load(id);
    } catch (error) {
      // Only what can pass by itself is worth another try.
      if (error instanceof UnknownOrder || attempt === 3) throw error;
      console.warn(`Attempt ${attempt} failed: ${error.message}`);
      await pause(50 * 2 ** attempt);
    }
  }
}

export const handler = async ({ id }) => {
  attempts = 0;
  const order = await loadWithRetries(id);
  return { order, attempts };
};
