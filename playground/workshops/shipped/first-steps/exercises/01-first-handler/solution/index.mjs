// Lambda calls this function each time somebody invokes yours.
export const handler = async () => {
  const message = 'Hello from Lambda!';

  return { message };
};
