export const handler = async (event) => {
  // Something is wrong here: what kind of value is event.body?
  const upper = event.body.text.toUpperCase();

  return {
    statusCode: 200,
    headers: { 'Content-Type': 'application/json' },
    body: JSON.stringify({ upper }),
  };
};
