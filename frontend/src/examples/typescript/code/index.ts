import type { Context, SQSBatchResponse, SQSEvent } from 'aws-lambda';
import { receiptOf, Currency, type Order } from './receipt';

// The types are those of the trigger: type `event.` inside the handler, and the editor knows the rest.
export const handler = async (event: SQSEvent, context: Context): Promise<SQSBatchResponse> => {
  console.log(`${event.Records.length} messages, ${context.getRemainingTimeInMillis()} ms left`);

  for (const record of event.Records) {
    const order: Order = JSON.parse(record.body);
    // A stack trace names the line of this file, not of the JavaScript that runs.
    console.log(receiptOf(order, Currency.Euro));
  }
  return { batchItemFailures: [] };
};
