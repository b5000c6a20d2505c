// The handler setting says where a function begins: index.handler is the export `handler` of index.mjs.
// `event` is the JSON of the test event. What is returned becomes the response, as JSON.
export const handler = async (event) => {
  console.log('The event:', event);

  return `Hello, ${event.name ?? 'world'}!`;
};
