export const handler = async (event) => {
  // All of this is made up. Lambda knows better.
  return {
    functionName: 'made-up',
    requestId: '1234',
    memoryMb: '128',
    timeLeftMs: -1,
  };
};
