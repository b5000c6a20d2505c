export const handler = async (event, context) => {
  return {
    functionName: context.functionName,
    requestId: context.awsRequestId,
    // The limit is a text; a sum with it would put texts together.
    memoryMb: Number(context.memoryLimitInMB),
    timeLeftMs: context.getRemainingTimeInMillis(),
  };
};
