/** Events of SQS, SNS and Kinesis: messages, one record for each. */

import { line, type Template, text } from './template';
import { arn, base64, linesOf, md5, recordId, REGION, TIME, TIME_MS } from './values';

const ONE_A_LINE = 'One record for each line.';

export const sqs: Template = {
  id: 'sqs',
  title: 'SQS',
  about:
    'A batch of messages of a queue, each with the MD5 of its body. A name that ends in .fifo is a FIFO queue.',
  fields: [
    line('queue', 'Queue', 'orders'),
    text('messages', 'Message bodies', '{"order_id": "12345"}\n{"order_id": "12346"}', { hint: ONE_A_LINE }),
  ],
  event({ queue, messages }) {
    const fifo = queue!.endsWith('.fifo');
    return {
      Records: linesOf(messages!).map((body, index) => ({
        messageId: recordId(index),
        receiptHandle: `ExampleReceiptHandle${index + 1}`,
        body,
        attributes: {
          ApproximateReceiveCount: '1',
          SentTimestamp: String(TIME_MS),
          ...(fifo && {
            SequenceNumber: String(18849496460467696128n + BigInt(index)),
            MessageGroupId: '1',
            MessageDeduplicationId: String(index + 1),
          }),
          SenderId: 'AIDAEXAMPLEUSER000000',
          ApproximateFirstReceiveTimestamp: String(TIME_MS + 5),
        },
        messageAttributes: {},
        md5OfBody: md5(body),
        eventSource: 'aws:sqs',
        eventSourceARN: arn('sqs', queue!),
        awsRegion: REGION,
      })),
    };
  },
};

export const sns: Template = {
  id: 'sns',
  title: 'SNS',
  about: 'A message that was published to a topic.',
  fields: [
    line('topic', 'Topic', 'orders'),
    line('subject', 'Subject', 'New order', { hint: 'Left empty it is null.' }),
    text('message', 'Message', '{"order_id": "12345"}'),
  ],
  event({ topic, subject, message }) {
    const topicArn = arn('sns', topic!);
    const subscription = `${topicArn}:21be56ed-a058-49f5-8c98-aedd2564c486`;
    const host = `https://sns.${REGION}.amazonaws.com`;
    return {
      Records: [
        {
          EventSource: 'aws:sns',
          EventVersion: '1.0',
          EventSubscriptionArn: subscription,
          Sns: {
            Type: 'Notification',
            MessageId: '95df01b4-ee98-5cb9-9903-4c221d41eb5e',
            TopicArn: topicArn,
            Subject: subject || null,
            Message: message,
            Timestamp: TIME,
            SignatureVersion: '1',
            Signature: 'EXAMPLE',
            SigningCertUrl: `${host}/SimpleNotificationService-0123456789abcdef0123456789abcdef.pem`,
            UnsubscribeUrl: `${host}/?Action=Unsubscribe&SubscriptionArn=${subscription}`,
            MessageAttributes: {},
          },
        },
      ],
    };
  },
};

export const kinesis: Template = {
  id: 'kinesis',
  title: 'Kinesis',
  about: 'A batch of records of a data stream. Their data comes in base64.',
  fields: [
    line('stream', 'Stream', 'orders'),
    line('partitionKey', 'Partition key', 'customer-1'),
    text('data', 'Data', '{"order_id": "12345"}', { hint: `${ONE_A_LINE} The event has it in base64.` }),
  ],
  event({ stream, partitionKey, data }) {
    return {
      Records: linesOf(data!).map((entry, index) => {
        const sequenceNumber = String(
          49590338271490256608559692538361571095921575989136588898n + BigInt(index),
        );
        return {
          kinesis: {
            kinesisSchemaVersion: '1.0',
            partitionKey,
            sequenceNumber,
            data: base64(entry),
            approximateArrivalTimestamp: TIME_MS / 1000,
          },
          eventSource: 'aws:kinesis',
          eventVersion: '1.0',
          eventID: `shardId-000000000006:${sequenceNumber}`,
          eventName: 'aws:kinesis:record',
          invokeIdentityArn: 'arn:aws:iam::123456789012:role/lambda-role',
          awsRegion: REGION,
          eventSourceARN: arn('kinesis', `stream/${stream}`),
        };
      }),
    };
  },
};
