import { setTimeout as pause } from 'node:timers/promises';

// Poetry takes its time.
const thinkOf = (line) => pause(250);

export const handler = awslambda.streamifyResponse(async (event, responseStream) => {
  for (const line of event.lines) {
    await thinkOf(line);
    // Whoever reads sees this line now.
    responseStream.write(`${line}\n`);
  }
  responseStream.end();
});
