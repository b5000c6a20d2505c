async function process({ body }) {
  const order = JSON.parse(body);
  if (!(order.amount > 0)) throw new RangeError(`Order ${order.order_id} has no amount`);
  console.log(`Order ${order.order_id} is done`);
}

export const handler = async ({ Records }) => {
  const results = await Promise.allSettled(Records.map(process));

  // An error would return the whole batch to the queue. Named one by one, the others are done for good.
  // The event source mapping needs ReportBatchItemFailures for this.
  const batchItemFailures = [];
  results.forEach((result, at) => {
    if (result.status === 'fulfilled') return;
    console.error(`Message ${Records[at].messageId}:`, result.reason.message);
    batchItemFailures.push({ itemIdentifier: Records[at].messageId });
  });
  return { batchItemFailures };
};
