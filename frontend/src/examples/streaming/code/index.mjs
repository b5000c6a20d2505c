import { setTimeout as pause } from 'node:timers/promises';

// `awslambda` is there without an import. A streaming handler writes to a stream in place of returning.
export const handler = awslambda.streamifyResponse(async (event, responseStream) => {
  // Status and headers go first, when the function is asked over HTTP.
  const response = awslambda.HttpResponseStream.from(responseStream, {
    statusCode: 200,
    headers: { 'Content-Type': 'text/plain; charset=utf-8' },
  });

  for (const verse of event.verses) {
    response.write(`${verse}\n`);
    // Whoever reads sees the verse now, not when the function has ended.
    await pause(event.pauseMs);
  }
  response.end();
});
