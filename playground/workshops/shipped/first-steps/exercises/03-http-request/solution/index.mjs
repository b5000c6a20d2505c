const answer = (statusCode, value) => ({
  statusCode,
  headers: { 'Content-Type': 'application/json' },
  body: JSON.stringify(value),
});

export const handler = async (event) => {
  let input;
  try {
    input = JSON.parse(event.body);
  } catch (error) {
    // The sender's mistake: they are told, and the function goes on.
    return answer(400, { message: `The body is not JSON: ${error.message}` });
  }

  return answer(200, { upper: input.text.toUpperCase() });
};
