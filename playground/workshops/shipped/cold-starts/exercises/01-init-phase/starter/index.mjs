import { loadPrices } from './prices.mjs';

export const handler = async (event) => {
  const prices = await loadPrices();

  return { item: event.item, price: prices.get(event.item) };
};
