/** Events of S3. */

import { choice, line, type Template, text } from './template';
import { byteLength, md5, REGION, SOURCE_IP, TIME } from './values';

/** A key as S3 notifications write it: encoded as a form's value is, but for the slashes. */
export const encodedKey = (key: string): string =>
  new URLSearchParams({ key }).toString().slice('key='.length).replaceAll('%2F', '/');

export const s3Put: Template = {
  id: 's3-put',
  title: 'S3 put',
  about:
    'An object was written. Its key comes URL-encoded; size and ETag are those of the text that you give.',
  fields: [
    line('bucket', 'Bucket', 'amzn-s3-demo-bucket'),
    line('key', 'Key', 'orders/first order.json', {
      hint: 'As you would write it; the event has it encoded.',
    }),
    text('content', 'Content', '{"order_id": "12345"}', {
      hint: 'Not in the event: its length and MD5 are.',
    }),
    choice('eventName', 'Operation', [
      'ObjectCreated:Put',
      'ObjectCreated:Post',
      'ObjectCreated:Copy',
      'ObjectRemoved:Delete',
    ]),
  ],
  event({ bucket, key, content, eventName }) {
    const removed = eventName!.startsWith('ObjectRemoved');
    return {
      Records: [
        {
          eventVersion: '2.1',
          eventSource: 'aws:s3',
          awsRegion: REGION,
          eventTime: TIME,
          eventName,
          userIdentity: { principalId: 'AWS:AIDAEXAMPLEUSER000000' },
          requestParameters: { sourceIPAddress: SOURCE_IP },
          responseElements: {
            'x-amz-request-id': 'EXAMPLE123456789',
            'x-amz-id-2': 'EXAMPLE123/5678abcdefghijklambdaisawesome/mnopqrstuvwxyzABCDEFGH',
          },
          s3: {
            s3SchemaVersion: '1.0',
            configurationId: 'example-notification',
            bucket: {
              name: bucket,
              ownerIdentity: { principalId: 'EXAMPLE' },
              arn: `arn:aws:s3:::${bucket}`,
            },
            object: {
              key: encodedKey(key!),
              ...(!removed && { size: byteLength(content!), eTag: md5(content!) }),
              sequencer: '0055AED6DCD90281E5',
            },
          },
        },
      ],
    };
  },
};
