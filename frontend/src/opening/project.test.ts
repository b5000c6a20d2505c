import { describe, expect, test } from 'vitest';
import { projectOf } from './project';

const given = (files: Record<string, string>) =>
  Object.entries(files).map(([path, text]) => ({ path, bytes: new TextEncoder().encode(text) }));

const TEMPLATE = `AWSTemplateFormatVersion: '2010-09-09'
Transform: AWS::Serverless-2016-10-31
Globals:
  Function:
    Runtime: nodejs20.x
    Timeout: 7
    Environment:
      Variables:
        STAGE: !Ref Stage
        SHARED: one
Parameters:
  Stage:
    Type: String
    Default: dev
  Token:
    Type: String
    NoEcho: true
Conditions:
  IsProd: !Equals [!Ref Stage, prod]
Resources:
  Table:
    Type: AWS::DynamoDB::Table
  HelloFunction:
    Type: AWS::Serverless::Function
    Properties:
      CodeUri: ./hello_world/
      Handler: app.lambdaHandler
      MemorySize: 512
      EphemeralStorage:
        Size: 1024
      Environment:
        Variables:
          SHARED: two
          TABLE: !Ref Table
          ARN: !GetAtt Table.Arn
          TOKEN: !Ref Token
          URL: !Sub 'https://\${Stage}.\${AWS::Region}.example/\${!literal}'
          LONG: {'Fn::Join': ['-', [a, {Ref: Stage}]]}
          PORT: 0080
          ON: !If [IsProd, a, b]
          BAD: !Sub '\${Table}'
      Layers: [!Ref Other]
  PythonFunction:
    Type: AWS::Serverless::Function
    Properties:
      CodeUri: python/
      Runtime: python3.12
  RemoteFunction:
    Type: AWS::Serverless::Function
    Properties:
      CodeUri: s3://bucket/key.zip
  OutsideFunction:
    Type: AWS::Serverless::Function
    Properties:
      CodeUri: ../other
  EmptyFunction:
    Type: AWS::Serverless::Function
    Properties:
      CodeUri: missing/
  InlineFunction:
    Type: AWS::Lambda::Function
    Properties:
      Runtime: nodejs22.x
      Handler: index.handler
      Code:
        ZipFile: |
          exports.handler = async () => 1;
`;
const PROJECT = {
  'my-app/template.yaml': TEMPLATE,
  'my-app/hello_world/app.mjs': 'export const lambdaHandler = async () => 1;\n',
  'my-app/hello_world/package.json': '{}',
  'my-app/hello_world/node_modules/x/index.js': '',
  'my-app/python/app.py': '',
  'my-app/events/event.json': '{"a": 1}\n',
  'my-app/events/what a name, and far too long for one.json': '{}',
  'my-app/.aws-sam/build/template.yaml': TEMPLATE,
};

describe('a SAM project', () => {
  const project = projectOf(given(PROJECT));
  const found = (id: string) => project.functions.find((one) => one.id === id)!;

  test('is found below a folder of its own, with all its functions', () => {
    expect(project.template).toBe('template.yaml');
    expect(project.functions.map(({ id, draft }) => [id, draft !== null])).toEqual([
      ['HelloFunction', true],
      ['PythonFunction', false],
      ['RemoteFunction', false],
      ['OutsideFunction', false],
      ['EmptyFunction', false],
      ['InlineFunction', true],
    ]);
  });

  test('gives a function its files, configuration and events', () => {
    const { draft } = found('HelloFunction');
    expect(draft).toMatchObject({
      handler: 'app.lambdaHandler',
      memory: '512',
      timeout: '7',
      ephemeralStorage: '1024',
    });
    expect(draft!.files.map(({ path }) => path)).toEqual(['app.mjs', 'package.json']);
    expect(draft!.events).toEqual([
      { name: 'event', text: '{"a": 1}', template: null },
      { name: 'what-a-name-and-far-too-l', text: '{}', template: null },
    ]);
  });

  test('gives variables the values that can be told, and says of the others where they are', () => {
    const { draft, notices } = found('HelloFunction');
    expect(Object.fromEntries(draft!.environment.map(({ key, value }) => [key, value]))).toEqual({
      STAGE: 'dev',
      SHARED: 'two',
      TABLE: '',
      ARN: '',
      TOKEN: '',
      URL: 'https://dev.us-east-1.example/${literal}',
      LONG: 'a-dev',
      PORT: '0080',
      ON: '',
      BAD: '',
    });
    expect(notices).toEqual([
      'Its runtime is nodejs20.x; here it runs with nodejs22.x.',
      'Its layers are not brought along.',
      ...['TABLE', 'ARN', 'TOKEN', 'ON', 'BAD'].map((key) => {
        const line = TEMPLATE.split('\n').findIndex((text) => text.includes(`  ${key}: `)) + 1;
        return `template.yaml, line ${line}: the value of ${key} is known only when it is deployed; it is empty here.`;
      }),
    ]);
  });

  test.each([
    ['PythonFunction', 'its runtime is python3.12, and only Node.js runs here.'],
    ['RemoteFunction', 'its code is at s3://bucket/key.zip, not in this project.'],
    ['OutsideFunction', '../other is outside of the project.'],
    ['EmptyFunction', 'there is no file in missing/.'],
  ])('says at which line %s cannot be opened', (id, words) => {
    expect(found(id).notices[0]).toMatch(/^template\.yaml, line \d+: /);
    expect(found(id).notices[0]).toContain(words);
  });

  test('may hold its code inline', () => {
    expect(found('InlineFunction').draft!.files).toEqual([
      { path: 'index.js', text: 'exports.handler = async () => 1;\n' },
    ]);
  });
});

describe('a project that cannot be opened says why', () => {
  test('where the YAML is broken', () => {
    const { functions, notices } = projectOf(
      given({ 'template.yaml': 'Transform: AWS::Serverless-2016-10-31\nResources:\n  A: [1,\n  B: {' }),
    );
    expect(functions).toEqual([]);
    expect(notices[0]).toMatch(/^template\.yaml, line \d: it is no YAML that can be read\. /);
  });

  test('where a function is there twice', () => {
    const { notices } = projectOf(
      given({ 'template.yaml': 'Resources:\n  A: {Type: AWS::Lambda::Function}\n  A: {}' }),
    );
    expect(notices[0]).toMatch(/^template\.yaml, line 3: .*unique/);
  });

  test('where there is no function', () => {
    const { notices } = projectOf(given({ 'template.yaml': '# AWS::Lambda\nResources: {}\n' }));
    expect(notices).toEqual(['template.yaml has no Lambda function.']);
  });

  test('where there is nothing', () => {
    expect(projectOf([]).notices).toEqual(['There is no file in it.']);
  });

  test.each([
    ['an alias that holds itself', 'X: &a [*a]\nValue: &b !Join ["", [*b, *b]]'],
    ['a parameter of itself', 'Parameters: {P: {Default: !Ref P}}\nValue: !Ref P'],
    [
      'a billion laughs',
      `A0: &a0 x\n${Array.from({ length: 15 }, (_, n) => `A${n + 1}: &a${n + 1} !Join ["", [${Array(10).fill(`*a${n}`).join(', ')}]]`).join('\n')}\nValue: *a15`,
    ],
  ])('with %s', (_, text) => {
    const [head, value] = text.split('\nValue: ');
    const template = `${head}
Resources:
  F:
    Type: AWS::Serverless::Function
    Properties:
      CodeUri: src/
      Environment:
        Variables:
          VALUE: ${value}
`;
    const { functions } = projectOf(given({ 'template.yaml': template, 'src/index.js': '1' }));
    expect(functions[0]!.draft!.environment).toEqual([{ key: 'VALUE', value: '' }]);
    expect(functions[0]!.notices[0]).toContain('the value of VALUE');
  });
});

test.each([
  [{ 'a.mjs': 'export const x = 1', 'index.ts': 'export async function handler() {}' }, 'index.handler'],
  [{ 'lib/index.js': 'exports.run = 1', 'a.test.js': 'exports.handler = 1' }, 'lib/index.run'],
  [{ 'notes.txt': 'export const handler' }, 'index.handler'],
])('the handler is guessed: %#', (files, handler) => {
  expect(projectOf(given(files)).functions[0]!.draft!.handler).toBe(handler);
});

test('files without a template are one function, with the handler that they export', () => {
  const { template, functions } = projectOf(
    given({ 'repo/app.mjs': 'export const main = async () => 1;\n', 'repo/node_modules/x/index.js': '1' }),
  );
  expect(template).toBeNull();
  expect(functions[0]!.draft).toMatchObject({ handler: 'app.main', memory: '128', timeout: '3' });
  expect(functions[0]!.draft!.files.map(({ path }) => path)).toEqual(['app.mjs', 'node_modules/x/index.js']);
});
