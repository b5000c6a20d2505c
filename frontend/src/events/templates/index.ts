/** Every template, in the order in which they are offered. Loaded when somebody asks for them. */

import { functionUrl, httpApiV1, httpApiV2, restApi } from './api_gateway';
import { dynamodbStream } from './database';
import { eventBridge, scheduled } from './event_bus';
import { loadBalancer } from './load_balancer';
import { kinesis, sns, sqs } from './messages';
import { s3Put } from './storage';
import type { Template } from './template';
import { cognito } from './user_pool';

export const TEMPLATES: readonly Template[] = [
  httpApiV2,
  httpApiV1,
  restApi,
  functionUrl,
  loadBalancer,
  s3Put,
  sqs,
  sns,
  dynamodbStream,
  kinesis,
  eventBridge,
  scheduled,
  cognito,
];
