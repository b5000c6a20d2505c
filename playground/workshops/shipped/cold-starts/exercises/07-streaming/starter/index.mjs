import { setTimeout as pause } from 'node:timers/promises';

// Poetry takes its time.
const thinkOf = (line) => pause(250);

export const handler = async (event) => {
  let poem = '';
  for (const line of event.lines) {
    await thinkOf(line);
    poem += `${line}\n`;
  }

  return poem;
};
