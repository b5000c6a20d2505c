export const handler = async () => {
  let invocations = 0;
  invocations += 1;

  return { coldStart: true, invocations };
};
