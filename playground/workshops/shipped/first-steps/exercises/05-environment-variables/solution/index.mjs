// Read once, before the first event: they do not change while the function runs.
const greeting = process.env.GREETING ?? 'Hello';
const repeat = Number(process.env.REPEAT ?? 1);

export const handler = async (event) => {
  const line = `${greeting}, ${event.name}!`;

  return { lines: Array(repeat).fill(line) };
};
