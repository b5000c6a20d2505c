const greeting = 'Good morning';
const repeat = 2;

export const handler = async (event) => {
  const line = `${greeting}, ${event.name}!`;

  return { lines: Array(repeat).fill(line) };
};
