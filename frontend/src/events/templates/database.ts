/** Events of a DynamoDB stream. */

import { type Item, item, itemBytes } from './attribute_value';
import { choice, json, line, type Template } from './template';
import { arn, parsed, REGION, TIME_MS } from './values';

function imageOf(text: string): Item {
  const value = parsed(text);
  return typeof value === 'object' && value !== null && !Array.isArray(value)
    ? item(value as Record<string, unknown>)
    : {};
}

export const dynamodbStream: Template = {
  id: 'dynamodb-stream',
  title: 'DynamoDB stream',
  about: 'An item changed. You write it as plain JSON; the event has it with DynamoDB’s types.',
  fields: [
    line('table', 'Table', 'orders'),
    choice('change', 'Change', ['INSERT', 'MODIFY', 'REMOVE']),
    line('key', 'Key attribute', 'order_id'),
    json('after', 'Item', { order_id: '12345', amount: 199.99, paid: true }, { hint: 'Not used by REMOVE.' }),
    json(
      'before',
      'Item before',
      { order_id: '12345', amount: 149.99, paid: false },
      {
        hint: 'Not used by INSERT.',
      },
    ),
  ],
  event({ table, change, key, after, before }) {
    const images = {
      ...(change !== 'REMOVE' && { NewImage: imageOf(after!) }),
      ...(change !== 'INSERT' && { OldImage: imageOf(before!) }),
    };
    const Keys = Object.fromEntries(
      Object.entries(images.NewImage ?? images.OldImage ?? {}).filter(([name]) => name === key),
    );
    const size = [Keys, ...Object.values(images)].reduce((sum, one) => sum + itemBytes(one), 0);
    return {
      Records: [
        {
          eventID: 'c4ca4238a0b923820dcc509a6f75849b',
          eventName: change,
          eventVersion: '1.1',
          eventSource: 'aws:dynamodb',
          awsRegion: REGION,
          dynamodb: {
            ApproximateCreationDateTime: TIME_MS / 1000,
            Keys,
            ...images,
            SequenceNumber: '4421584500000000017450439091',
            SizeBytes: size,
            StreamViewType: 'NEW_AND_OLD_IMAGES',
          },
          eventSourceARN: arn('dynamodb', `table/${table}/stream/2026-01-01T00:00:00.000`),
        },
      ],
    };
  },
};
