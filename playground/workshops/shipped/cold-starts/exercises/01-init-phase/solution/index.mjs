import { loadPrices } from './prices.mjs';

// In the init phase: once for each execution environment, before the first event.
const prices = await loadPrices();

export const handler = async (event) => {
  return { item: event.item, price: prices.get(event.item) };
};
