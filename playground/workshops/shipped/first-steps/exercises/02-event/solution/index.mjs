// `event` is what the sender sent, already parsed from JSON.
export const handler = async (event) => {
  console.log('The event:', event);

  // `||` rather than `??`: an empty name is no name.
  const name = event.name || 'stranger';

  return { greeting: `Hello, ${name}!` };
};
