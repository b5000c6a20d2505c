// The same for everybody: made once.
const prices = new Map([
  ['tea', 3],
  ['coffee', 4],
  ['cake', 5],
]);

export const handler = async ({ customer, items }) => {
  // One customer's: new for each event.
  const lines = [];
  let total = 0;

  for (const item of items) {
    lines.push(`${item}: ${prices.get(item)}`);
    total += prices.get(item);
  }

  return { customer, lines, total };
};
