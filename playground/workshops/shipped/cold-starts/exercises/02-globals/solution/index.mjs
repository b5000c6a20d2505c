// Lives as long as the execution environment does.
let invocations = 0;

export const handler = async () => {
  invocations += 1;

  return { coldStart: invocations === 1, invocations };
};
