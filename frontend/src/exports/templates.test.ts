import { describe, expect, test } from 'vitest';
import { parse } from 'yaml';
import { cloudFormation, inlineFault } from './cloud_formation';
import { exported } from './sample';
import { samProject } from './sam_project';
import type { TextFile } from './exported_function';

const HOSTILE = [
  'yes',
  'null',
  '007',
  '12:30:00',
  '2020-01-01',
  '=',
  '<<',
  '~',
  ' leading and trailing ',
  'a: b # c',
  '- item',
  '!Ref Other',
  '*alias',
  '%TAG',
  '\'single\' "double" `back` \\ slash',
  'two\nlines\r\nand\rmore\t\n\n',
  '\u0000\u0007\u007f\u0085\u2028\u2029\ufeff\uffff',
  '😀',
  '$(rm -rf /)',
  '',
];

const textOf = (files: readonly TextFile[], path: string) => files.find((file) => file.path === path)!.text;
const ref = { tag: '!Ref', resolve: (id: string) => ({ Ref: id }) };
const sub = { tag: '!Sub', resolve: (text: string) => ({ Sub: text }) };
const attribute = { tag: '!GetAtt', resolve: (text: string) => ({ GetAtt: text }) };
const read = (text: string) => parse(text, { version: '1.1', customTags: [ref, sub, attribute] }) as any;

test.each(HOSTILE)('a value is what it was in YAML 1.1 too: %j', (value) => {
  const template = textOf(samProject(exported({ environment: [{ key: 'VALUE', value }] })), 'template.yaml');
  const { Environment } = read(template).Resources.HelloFunction.Properties;
  expect(Environment.Variables.VALUE).toBe(value);
});

test.each(['${HOME}', 'a${b}c$${d}', '{{resolve:ssm:/a/b}}'])(
  'CloudFormation replaces nothing in %j',
  (value) => {
    const template = textOf(
      samProject(exported({ environment: [{ key: 'VALUE', value }] })),
      'template.yaml',
    );
    expect(template).not.toContain(value);
    const joined = /VALUE: !Join (.*)$/m.exec(template)![1]!;
    const [between, parts] = parse(joined) as [string, string[]];
    expect(parts.join(between)).toBe(value);
  },
);

test.each(['YES', 'No', 'ON', 'Null', 'TRUE'])('a variable may be called %s', (name) => {
  const environment = [{ key: name, value: 'x' }];
  const open = read(textOf(samProject(exported({ environment })), 'template.yaml'));
  expect(Object.keys(open.Resources.HelloFunction.Properties.Environment.Variables)).toEqual([name]);
});

describe('a SAM project', () => {
  test('asks for the values that stay behind', () => {
    const files = samProject(exported({ environment: [{ key: 'API_KEY', value: 'geheim' }] }));
    const template = read(textOf(files, 'template.yaml'));
    expect(template.Parameters.ApiKey).toMatchObject({ Type: 'String', NoEcho: true });
    expect(template.Resources.HelloFunction.Properties.Environment.Variables).toEqual({
      API_KEY: { Ref: 'ApiKey' },
    });
    expect(JSON.stringify(files)).not.toContain('geheim');
    expect(textOf(files, '.gitignore')).toContain('env.json');
    expect(textOf(files, 'README.md')).toContain('--env-vars env.json');
  });

  test('has files, events, sizes and commands', () => {
    const files = samProject(
      exported({ events: [{ name: 'a b', text: '{"a":1}', template: null }] }, 'api_router'),
    );
    expect(files.map(({ path }) => path)).toEqual([
      'template.yaml',
      'src/index.js',
      'events/a-b.json',
      '.gitignore',
      'README.md',
    ]);
    expect(read(textOf(files, 'template.yaml')).Resources.ApiRouterFunction.Properties).toEqual({
      CodeUri: 'src/',
      Handler: 'index.handler',
      Runtime: 'nodejs22.x',
      MemorySize: 256,
      Timeout: 5,
      EphemeralStorage: { Size: 512 },
    });
    expect(textOf(files, 'README.md')).toContain(
      'sam local invoke ApiRouterFunction --event events/a-b.json',
    );
  });

  test.each([
    ['{ "type": "module" }', { SkipBuild: true }],
    ['{ half typed', { SkipBuild: true }],
    ['null', { SkipBuild: true }],
    ['{ "dependencies": { "yaml": "2.0.0" } }', undefined],
  ])('lets sam build install what %s names', (text, metadata) => {
    const files = samProject(exported({ files: [...exported().files, { path: 'package.json', text }] }));
    expect(read(textOf(files, 'template.yaml')).Resources.HelloFunction.Metadata).toEqual(metadata);
  });

  test('compiles TypeScript before anything else', () => {
    const files = samProject(exported({ files: [{ path: 'index.ts', text: 'export const handler = 1;' }] }));
    const { Metadata, Properties } = read(textOf(files, 'template.yaml')).Resources.HelloFunction;
    expect([Metadata, Properties.CodeUri]).toEqual([{ Sources: 'src/' }, 'dist/']);
    expect(Properties.Environment.Variables).toEqual({ NODE_OPTIONS: '--enable-source-maps' });
    expect(textOf(files, 'README.md')).toMatch(/npm install\n.*npm run build\n[^]*sam build/);
  });
});

describe('a template of CloudFormation', () => {
  test('holds the code of one CommonJS file as it is', () => {
    const text = '  // indented\nconst a = `${1}`;\n\texports.handler = async () => a; \n\n';
    const files = cloudFormation(exported({ files: [{ path: 'index.js', text }] }));
    expect(files.map(({ path }) => path)).toEqual(['template.yaml', 'events/event.json', 'README.md']);
    const { Resources } = read(textOf(files, 'template.yaml'));
    expect(Resources.HelloFunction.Properties.Code.ZipFile).toBe(text);
    expect(Resources.HelloFunction.Properties.Role).toEqual({ GetAtt: 'HelloFunctionRole.Arn' });
    expect(textOf(files, 'template.yaml')).toContain('ZipFile: |');
  });

  test.each(['a\u2028b', 'a\u0085b\u007f', 'a\r\nb', 'a\ufeffb'])(
    'holds code that no block can: %j',
    (text) => {
      const files = cloudFormation(exported({ files: [{ path: 'index.js', text }] }));
      expect(read(textOf(files, 'template.yaml')).Resources.HelloFunction.Properties.Code.ZipFile).toBe(text);
    },
  );

  test.each([
    [{ files: [{ path: 'index.mjs', text: '1' }] }, 'a CommonJS module; this is index.mjs.'],
    [{ files: [{ path: 'index.ts', text: '1' }] }, 'TypeScript is compiled first.'],
    [
      {
        files: [
          { path: 'index.js', text: '1' },
          { path: 'a.js', text: '1' },
        ],
      },
      'There are 2 files',
    ],
    [{ handler: 'app.handler' }, 'The handler has to be in index.'],
    [{ files: [{ path: 'index.js', text: ' ' }] }, 'The file is empty.'],
    [{ files: [{ path: 'index.js', text: '{{resolve:ssm:a}}' }] }, 'would replace'],
    [{ files: [{ path: 'index.js', text: '//'.repeat(30_000) }] }, '51,200 bytes'],
  ])('takes the code from a bucket where it does not fit: %#', (changes, why) => {
    const made = exported(changes);
    expect(inlineFault(made)).toContain(why);
    const files = cloudFormation(made);
    const { Parameters, Resources } = read(textOf(files, 'template.yaml'));
    expect(Resources.HelloFunction.Properties.Code).toEqual({
      S3Bucket: { Ref: 'CodeBucket' },
      S3Key: { Ref: 'CodeKey' },
    });
    expect(Parameters.CodeKey.Default).toBe('hello.zip');
    expect(files.some(({ path }) => path.startsWith('src/'))).toBe(true);
    expect(textOf(files, 'README.md')).toContain('aws s3 cp hello.zip s3://BUCKET/hello.zip');
  });
});
