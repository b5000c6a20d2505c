/** Events of EventBridge: of a bus, and of a schedule. */

import { json, line, type Template } from './template';
import { ACCOUNT, arn, parsed, REGION, TIME_SECONDS } from './values';

const ID = '53dc4d37-cffa-4f76-80c9-8b7d4a4d2eaa';

export const eventBridge: Template = {
  id: 'eventbridge',
  title: 'EventBridge',
  about: 'An event of a bus that matched a rule.',
  fields: [
    line('source', 'Source', 'com.example.orders'),
    line('detailType', 'Detail type', 'Order placed'),
    json('detail', 'Detail', { order_id: '12345', amount: 199.99 }),
  ],
  event({ source, detailType, detail }) {
    return {
      version: '0',
      id: ID,
      'detail-type': detailType,
      source,
      account: ACCOUNT,
      time: TIME_SECONDS,
      region: REGION,
      resources: [],
      detail: parsed(detail!),
    };
  },
};

export const scheduled: Template = {
  id: 'scheduled',
  title: 'Scheduled event',
  about: 'An EventBridge rule with a rate or a cron expression. The rule’s name is in its ARN.',
  fields: [line('rule', 'Rule', 'every-morning'), line('time', 'Time', TIME_SECONDS)],
  event({ rule, time }) {
    return {
      version: '0',
      id: ID,
      'detail-type': 'Scheduled Event',
      source: 'aws.events',
      account: ACCOUNT,
      time,
      region: REGION,
      resources: [arn('events', `rule/${rule}`)],
      detail: {},
    };
  },
};
