import { readFile } from 'node:fs/promises';

// In an ES module, await works outside of functions. The init phase takes as long as this does, up to 10 s.
const prices = JSON.parse(await readFile(new URL('./prices.json', import.meta.url), 'utf8'));
console.log(`Loaded ${Object.keys(prices).length} prices`);

export const handler = async ({ items }) => {
  const unknown = items.filter((item) => !(item in prices));
  if (unknown.length > 0) return { unknown };

  const total = items.reduce((sum, item) => sum + prices[item], 0);
  return { total: Math.round(total * 100) / 100 };
};
