import { createHash } from 'node:crypto';
import ts from 'typescript';
import { describe, expect, it } from 'vitest';
import { defaultValues, eventText } from '../fill_in';
import { TEMPLATES } from '.';
import { attributeValue, item, itemBytes } from './attribute_value';

const template = (id: string) => TEMPLATES.find((one) => one.id === id)!;
const made = (id: string, values: Record<string, string> = {}): any =>
  JSON.parse(eventText(template(id), { ...defaultValues(template(id)), ...values }));

/** Each template's type in @types/aws-lambda, for every value of its choices. */
const TYPES: Record<string, string> = {
  'api-gateway-http-v2': 'APIGatewayProxyEventV2',
  'api-gateway-http-v1': 'APIGatewayProxyEvent & { version: "1.0" }',
  'api-gateway-rest': 'APIGatewayProxyEvent',
  'function-url': 'LambdaFunctionURLEvent',
  alb: 'ALBEvent',
  's3-put': 'S3Event',
  sqs: 'SQSEvent',
  sns: 'SNSEvent',
  'dynamodb-stream': 'DynamoDBStreamEvent',
  kinesis: 'KinesisStreamEvent',
  eventbridge: 'EventBridgeEvent<"Order placed", unknown>',
  scheduled: 'ScheduledEvent',
};
const COGNITO: Record<string, string> = {
  PreSignUp_SignUp: 'PreSignUpTriggerEvent',
  PostConfirmation_ConfirmSignUp: 'PostConfirmationTriggerEvent',
  PreAuthentication_Authentication: 'PreAuthenticationTriggerEvent',
  PostAuthentication_Authentication: 'PostAuthenticationTriggerEvent',
  // Its response begins as null, which the type does not say.
  TokenGeneration_Authentication:
    'PreTokenGenerationAuthenticationTriggerEvent | { response: { claimsOverrideDetails: null } }',
};

function typeErrors(source: string): string[] {
  const options: ts.CompilerOptions = {
    strict: true,
    noEmit: true,
    skipLibCheck: true,
    types: [],
    moduleResolution: ts.ModuleResolutionKind.Bundler,
    module: ts.ModuleKind.ESNext,
  };
  const host = ts.createCompilerHost(options);
  const { getSourceFile } = host;
  const name = `${process.cwd()}/templates_as_types.ts`;
  host.fileExists = (path) => path === name || ts.sys.fileExists(path);
  host.getSourceFile = (path, ...rest) =>
    path === name ? ts.createSourceFile(path, source, ts.ScriptTarget.ES2022) : getSourceFile(path, ...rest);
  const program = ts.createProgram([name], options, host);
  return ts
    .getPreEmitDiagnostics(program)
    .map(({ messageText }) => ts.flattenDiagnosticMessageText(messageText, '\n'));
}

describe('every template', () => {
  it('makes an event of the type that handlers of its trigger are written for', { timeout: 60_000 }, () => {
    const events = TEMPLATES.flatMap((one) => {
      const trigger = one.fields.find((field) => field.kind === 'choice' && field.name === 'trigger');
      if (!trigger) return [{ type: TYPES[one.id], event: made(one.id) }];
      return trigger.choices!.map((value) => ({
        type: COGNITO[value],
        event: made(one.id, { trigger: value }),
      }));
    });
    const lines = events.map(({ type, event }) => `[] = [${JSON.stringify(event)}] satisfies [L.${type}];`);
    expect(typeErrors(`import type * as L from 'aws-lambda';\n${lines.join('\n')}`)).toEqual([]);
    expect(
      typeErrors(`import type * as L from 'aws-lambda';\n[] = [{}] satisfies [L.SQSEvent];`),
    ).toHaveLength(1);
  });

  it('has an id and field names of its own, and uses each field', () => {
    expect(new Set(TEMPLATES.map(({ id }) => id)).size).toBe(TEMPLATES.length);
    for (const one of TEMPLATES) {
      const values = defaultValues(one);
      for (const field of one.fields) {
        const others = field.kind === 'choice' ? field.choices!.slice(1) : ['"other"'];
        // What an item was before plays no part in its first write.
        const use = field.name === 'before' ? { ...values, change: 'MODIFY' } : values;
        for (const other of others) {
          expect(eventText(one, { ...use, [field.name]: other }), `${one.id} ${field.name}`).not.toBe(
            eventText(one, use),
          );
        }
      }
    }
  });
});

describe('HTTP', () => {
  const request = {
    method: 'PUT',
    path: '/orders/1',
    query: 'tag=a%20b&tag=c&page=1',
    contentType: 'text/plain',
    body: '"ü"\n',
  };

  it('payload 2.0 joins what comes twice, and tells the length in bytes', () => {
    expect(made('api-gateway-http-v2', request)).toMatchObject({
      rawPath: '/orders/1',
      rawQueryString: 'tag=a%20b&tag=c&page=1',
      queryStringParameters: { tag: 'a b,c', page: '1' },
      headers: { 'content-length': '5', 'content-type': 'text/plain' },
      requestContext: { http: { method: 'PUT', path: '/orders/1' } },
      body: '"ü"\n',
    });
  });

  it('payload 2.0 has no parameters and no body where there are none', () => {
    const event = made('api-gateway-http-v2', { query: '', body: '' });
    expect(event).not.toHaveProperty('queryStringParameters');
    expect(event).not.toHaveProperty('body');
    expect(event.headers).not.toHaveProperty('content-length');
  });

  it('a REST API tells the last value and all, its stage, and the proxy path', () => {
    expect(made('api-gateway-rest', { ...request, stage: 'test' })).toMatchObject({
      resource: '/{proxy+}',
      path: '/orders/1',
      httpMethod: 'PUT',
      pathParameters: { proxy: 'orders/1' },
      queryStringParameters: { tag: 'c', page: '1' },
      multiValueQueryStringParameters: { tag: ['a b', 'c'], page: ['1'] },
      headers: { 'Content-Type': 'text/plain' },
      multiValueHeaders: { 'Content-Type': ['text/plain'] },
      requestContext: { httpMethod: 'PUT', path: '/test/orders/1', stage: 'test' },
    });
    expect(made('api-gateway-rest', { path: '/', query: '', body: '' })).toMatchObject({
      resource: '/',
      pathParameters: null,
      queryStringParameters: null,
      multiValueQueryStringParameters: null,
      body: null,
    });
  });

  it('a function URL has its own host and no account', () => {
    const { requestContext, headers } = made('function-url');
    expect(requestContext.accountId).toBe('anonymous');
    expect(headers.host).toMatch(/\.lambda-url\.us-east-1\.on\.aws$/);
  });

  it('a load balancer leaves parameters encoded', () => {
    expect(made('alb', request).queryStringParameters).toEqual({ tag: 'c', page: '1' });
    expect(made('alb', { query: 'a=b%20c=d' }).queryStringParameters).toEqual({ a: 'b%20c=d' });
    expect(made('alb', { query: '', body: '' })).toMatchObject({ queryStringParameters: {}, body: '' });
  });

  it('a path without its slash gets one', () => expect(made('alb', { path: 'a' }).path).toBe('/a'));
});

describe('messages', () => {
  it('S3 encodes the key as a form does, and tells length and MD5 of the content', () => {
    const [{ s3 }] = made('s3-put', { bucket: 'b', key: 'a b/ü+(1).txt', content: 'ü' }).Records;
    expect(s3.bucket).toMatchObject({ name: 'b', arn: 'arn:aws:s3:::b' });
    expect(s3.object).toMatchObject({
      key: 'a+b/%C3%BC%2B%281%29.txt',
      size: 2,
      eTag: createHash('md5').update('ü').digest('hex'),
    });
    const [removed] = made('s3-put', { eventName: 'ObjectRemoved:Delete' }).Records;
    expect(removed.s3.object).not.toHaveProperty('size');
  });

  it('SQS has a record for each line, with ids of their own and the MD5 of each body', () => {
    const { Records } = made('sqs', { queue: 'q.fifo', messages: '{"a": 1}\n\nplain' });
    expect(Records.map((record: any) => record.body)).toEqual(['{"a": 1}', 'plain']);
    expect(Records[1].md5OfBody).toBe(createHash('md5').update('plain').digest('hex'));
    expect(Records[0].messageId).not.toBe(Records[1].messageId);
    expect(Records[0].eventSourceARN).toBe('arn:aws:sqs:us-east-1:123456789012:q.fifo');
    expect(Records[0].attributes).toHaveProperty('MessageGroupId');
    expect(made('sqs').Records[0].attributes).not.toHaveProperty('MessageGroupId');
  });

  it('SNS puts the message into one string', () => {
    const [{ Sns }] = made('sns', { topic: 't', subject: '', message: '{"a": "b"}' }).Records;
    expect(Sns).toMatchObject({
      Message: '{"a": "b"}',
      Subject: null,
      TopicArn: 'arn:aws:sns:us-east-1:123456789012:t',
    });
  });

  it('Kinesis has its data in base64, of UTF-8', () => {
    const { Records } = made('kinesis', { data: 'grün\n{"a":1}' });
    expect(Records.map((record: any) => Buffer.from(record.kinesis.data, 'base64').toString())).toEqual([
      'grün',
      '{"a":1}',
    ]);
    expect(new Set(Records.map((record: any) => record.eventID)).size).toBe(2);
  });
});

describe('DynamoDB', () => {
  it('writes an item with its types, and the images that belong to the change', () => {
    const record = (change: string) =>
      made('dynamodb-stream', { change, after: '{"order_id": "1", "n": 2}' }).Records[0];
    const { Keys, NewImage } = record('INSERT').dynamodb;
    expect(Keys).toEqual({ order_id: { S: '1' } });
    expect(NewImage).toEqual({ order_id: { S: '1' }, n: { N: '2' } });
    expect(record('INSERT').dynamodb).not.toHaveProperty('OldImage');
    expect(record('MODIFY').dynamodb).toHaveProperty('OldImage');
    expect(record('REMOVE').dynamodb).not.toHaveProperty('NewImage');
    expect(record('REMOVE').dynamodb.Keys).toEqual({ order_id: { S: '12345' } });
  });

  it('knows every kind of value', () => {
    expect(attributeValue({ a: [null, true, 1.5, 'x'] })).toEqual({
      M: { a: { L: [{ NULL: true }, { BOOL: true }, { N: '1.5' }, { S: 'x' }] } },
    });
  });

  it('counts names and values', () => {
    expect(itemBytes(item({ id: 'ü', n: 123 }))).toBe(2 + 2 + 1 + 3);
    expect(itemBytes(item({ l: [true, null] }))).toBe(1 + 3 + 4);
  });
});

describe('the rest', () => {
  it('EventBridge holds its detail as JSON', () => {
    expect(made('eventbridge', { detail: '[1]', source: 's', detailType: 'd' })).toMatchObject({
      source: 's',
      'detail-type': 'd',
      detail: [1],
    });
  });

  it('a schedule names its rule by ARN', () => {
    expect(made('scheduled', { rule: 'r' }).resources).toEqual([
      'arn:aws:events:us-east-1:123456789012:rule/r',
    ]);
  });

  it('Cognito asks for what its trigger can answer', () => {
    expect(made('cognito', { user: 'u', email: 'u@example.org' })).toMatchObject({
      userName: 'u',
      request: { userAttributes: { email: 'u@example.org' } },
      response: { autoConfirmUser: false },
    });
  });
});
