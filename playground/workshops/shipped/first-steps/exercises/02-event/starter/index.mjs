// `event` is what the sender sent, already parsed from JSON.
export const handler = async (event) => {
  console.log('The event:', event);

  return { greeting: 'Hello, Ada!' };
};
