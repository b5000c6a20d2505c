// Runs once, in the init phase. What is kept here survives to the next invocation.
let invocations = 0;

/**
 * Writes the receipt of an order.
 * @param {{order_id: string, amount: number, item: string}} event
 */
export const handler = async (event, context) => {
  invocations += 1;
  console.log(`Order ${event.order_id}: ${event.item}`);

  const currency = process.env.CURRENCY ?? 'USD';
  const receipt = [
    `OrderID: ${event.order_id}`,
    `Amount: ${event.amount.toFixed(2)} ${currency}`,
    `Item: ${event.item}`,
  ].join('\n');

  return {
    receipt,
    requestId: context.awsRequestId,
    memoryLimit: `${context.memoryLimitInMB} MB`,
    remainingMs: context.getRemainingTimeInMillis(),
    invocationsOfThisEnvironment: invocations,
  };
};
