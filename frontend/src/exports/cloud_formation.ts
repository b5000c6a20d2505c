/** A template for CloudFormation alone: the code within it where it fits, else an archive in S3. */

import { buildCommands, buildFiles, codeFolder, hasTypeScript, sourceFiles } from './build_step';
import type { ExportedFunction, TextFile } from './exported_function';
import { LogicalIds, stackName } from './names';
import { readme, type Section } from './readme';
import {
  environmentOf,
  FORMAT_VERSION,
  overrides,
  parametersOf,
  RUNTIME,
  type Withheld,
  withheldParameters,
} from './template_parts';
import { attribute, code, ref, sub, templateText, text } from './template_yaml';

/** A template beyond this is taken from an S3 bucket alone, and then the code may lie there as well. */
export const TEMPLATE_BYTES_MAX = 51_200;
const COMMENT = ' Made by Lambda Playground. README.md has the commands.';
const BUCKET = 'CodeBucket';
const KEY = 'CodeKey';
const LOGS = 'arn:${AWS::Partition}:iam::aws:policy/service-role/AWSLambdaBasicExecutionRole';

const bytes = (content: string): number => new TextEncoder().encode(content).length;

/** Why the code cannot be written into the template, as a sentence; null where it can be. */
export function inlineFault(exported: ExportedFunction): string | null {
  const [file, ...others] = exported.files;
  if (hasTypeScript(exported)) return 'TypeScript is compiled first.';
  if (!file || others.length > 0) return `There are ${exported.files.length} files, and it takes one.`;
  if (file.path !== 'index.js')
    return `CloudFormation calls it index.js, a CommonJS module; this is ${file.path}.`;
  if (!/^index\.[^.]+$/.test(exported.handler)) return 'The handler has to be in index.';
  if (file.text.trim() === '') return 'The file is empty.';
  if (file.text.includes('{{resolve:')) return 'CloudFormation would replace {{resolve: in it.';
  if (bytes(inlineTemplate(exported)) > TEMPLATE_BYTES_MAX) {
    return 'The template would be larger than CloudFormation takes without a bucket: 51,200 bytes.';
  }
  return null;
}

export function cloudFormation(exported: ExportedFunction): TextFile[] {
  const inline = inlineFault(exported) === null;
  const { template, withheld } = inline ? made(exported, code(exported.files[0]!.text)) : made(exported);
  return [
    { path: 'template.yaml', text: template },
    ...(inline ? [] : [...sourceFiles(exported), ...buildFiles(exported)]),
    ...exported.events,
    { path: 'README.md', text: readmeOf(exported, withheld, inline) },
  ];
}

const inlineTemplate = (exported: ExportedFunction): string =>
  made(exported, code(exported.files[0]!.text)).template;

function made(
  exported: ExportedFunction,
  inline?: ReturnType<typeof code>,
): { template: string; withheld: Withheld[] } {
  const ids = new LogicalIds(inline ? [] : [BUCKET, KEY]);
  const id = ids.of(exported.name, 'Function');
  const role = ids.of(`${id}Role`);
  const withheld = withheldParameters(exported, ids);
  const stored = {
    [BUCKET]: { Type: 'String', Description: 'S3 bucket with the archive of the code' },
    [KEY]: { Type: 'String', Description: 'Key of the archive in the bucket', Default: archiveKey(exported) },
  };
  const parameters = { ...(inline ? {} : stored), ...parametersOf(withheld) };
  const template = {
    AWSTemplateFormatVersion: text(FORMAT_VERSION),
    Description: `Lambda function ${exported.name}`,
    ...(Object.keys(parameters).length > 0 && { Parameters: parameters }),
    Resources: {
      [role]: {
        Type: 'AWS::IAM::Role',
        Properties: {
          AssumeRolePolicyDocument: {
            Version: text('2012-10-17'),
            Statement: [
              { Effect: 'Allow', Principal: { Service: 'lambda.amazonaws.com' }, Action: 'sts:AssumeRole' },
            ],
          },
          ManagedPolicyArns: [sub(LOGS)],
        },
      },
      [id]: {
        Type: 'AWS::Lambda::Function',
        // Where the playground finds the code again.
        ...(!inline && { Metadata: { Sources: 'src/' } }),
        Properties: {
          Code: inline ? { ZipFile: inline } : { S3Bucket: ref(BUCKET), S3Key: ref(KEY) },
          Handler: text(exported.handler),
          Runtime: RUNTIME,
          Role: attribute(`${role}.Arn`),
          MemorySize: exported.memory,
          Timeout: exported.timeout,
          EphemeralStorage: { Size: exported.ephemeralStorage },
          ...environmentOf(exported, withheld),
        },
      },
    },
    Outputs: { FunctionName: { Description: 'Name of the function', Value: ref(id) } },
  };
  return { template: templateText(template, COMMENT), withheld };
}

const archiveKey = ({ name }: ExportedFunction): string => `${name}.zip`;

function readmeOf(exported: ExportedFunction, withheld: readonly Withheld[], inline: boolean): string {
  const stack = stackName(exported.name);
  const archive = archiveKey(exported);
  const given = (inline ? '' : ` ${BUCKET}=BUCKET`) + overrides(withheld);
  const upload: Section[] = inline
    ? []
    : [
        [
          'Put the code into a bucket of the same region',
          [
            ...buildCommands(exported),
            `(cd ${codeFolder(exported)} && zip -qr ../${archive} .)`,
            `aws s3 cp ${archive} s3://BUCKET/${archive}`,
          ],
        ],
      ];
  return readme(exported, [
    ['Needs', 'The AWS CLI with credentials and a region.'],
    ...upload,
    [
      'Deploy',
      [
        `aws cloudformation deploy --template-file template.yaml --stack-name ${stack} --capabilities CAPABILITY_IAM` +
          (given && ` --parameter-overrides${given}`),
      ],
    ],
    [
      'Invoke',
      [
        `NAME=$(aws cloudformation describe-stacks --stack-name ${stack} --query 'Stacks[0].Outputs[0].OutputValue' --output text)`,
        ...exported.events.map(
          ({ path }) => `aws lambda invoke --function-name "$NAME" --payload fileb://${path} response.json`,
        ),
      ],
    ],
    ['Remove it again', [`aws cloudformation delete-stack --stack-name ${stack}`]],
  ]);
}
