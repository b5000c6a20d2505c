const prices = new Map([
  ['tea', 3],
  ['coffee', 4],
  ['cake', 5],
]);
const lines = [];
let total = 0;

export const handler = async ({ customer, items }) => {
  for (const item of items) {
    lines.push(`${item}: ${prices.get(item)}`);
    total += prices.get(item);
  }

  return { customer, lines, total };
};
