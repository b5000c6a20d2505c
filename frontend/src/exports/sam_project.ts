/** A project for the AWS SAM CLI. */

import { buildCommands, buildFiles, codeFolder, sourceFiles } from './build_step';
import type { ExportedFunction, TextFile } from './exported_function';
import { LogicalIds, stackName } from './names';
import { readme } from './readme';
import {
  environmentOf,
  FORMAT_VERSION,
  overrides,
  parametersOf,
  RUNTIME,
  type Withheld,
  withheldParameters,
} from './template_parts';
import { ref, templateText, text } from './template_yaml';

const COMMENT = ' Made by Lambda Playground. README.md has the commands.';
/** Where values for runs on one's own machine are written. */
const LOCAL_VALUES = 'env.json';

export function samProject(exported: ExportedFunction): TextFile[] {
  const ids = new LogicalIds();
  const id = ids.of(exported.name, 'Function');
  const withheld = withheldParameters(exported, ids);
  const ignored = ['.aws-sam/', 'node_modules/', ...(codeFolder(exported) === 'dist' ? ['dist/'] : [])];
  if (withheld.length > 0) ignored.push(LOCAL_VALUES);
  return [
    { path: 'template.yaml', text: template(exported, id, withheld) },
    ...sourceFiles(exported),
    ...exported.events,
    ...buildFiles(exported),
    ...localValues(withheld),
    { path: '.gitignore', text: `${ignored.join('\n')}\n` },
    { path: 'README.md', text: readmeOf(exported, id, withheld) },
  ];
}

function template(exported: ExportedFunction, id: string, withheld: readonly Withheld[]): string {
  const folder = codeFolder(exported);
  const metadata = {
    // Where the playground finds what the code was compiled from.
    ...(folder !== 'src' && { Sources: 'src/' }),
    ...(nothingToInstall(exported) && { SkipBuild: true }),
  };
  const resource = {
    Type: 'AWS::Serverless::Function',
    ...(Object.keys(metadata).length > 0 && { Metadata: metadata }),
    Properties: {
      CodeUri: `${folder}/`,
      Handler: text(exported.handler),
      Runtime: RUNTIME,
      MemorySize: exported.memory,
      Timeout: exported.timeout,
      EphemeralStorage: { Size: exported.ephemeralStorage },
      ...environmentOf(exported, withheld),
    },
  };
  const made = {
    AWSTemplateFormatVersion: text(FORMAT_VERSION),
    Transform: 'AWS::Serverless-2016-10-31',
    Description: `Lambda function ${exported.name}`,
    ...(withheld.length > 0 && { Parameters: parametersOf(withheld) }),
    Resources: { [id]: resource },
    Outputs: { FunctionName: { Description: 'Name of the function', Value: ref(id) } },
  };
  return templateText(made, COMMENT);
}

/** Whether a package.json names no dependency: `sam build` would still pack it, and refuses one without a version. */
function nothingToInstall({ files }: ExportedFunction): boolean {
  const text = files.find(({ path }) => path === 'package.json')?.text;
  if (text === undefined) return false;
  try {
    return Object.keys((JSON.parse(text) as { dependencies?: object }).dependencies ?? {}).length === 0;
  } catch {
    return true;
  }
}

/** Values for `sam local invoke --env-vars`, to be filled in. */
function localValues(withheld: readonly Withheld[]): TextFile[] {
  if (withheld.length === 0) return [];
  const values = { Parameters: Object.fromEntries(withheld.map(({ key }) => [key, ''])) };
  return [{ path: LOCAL_VALUES, text: `${JSON.stringify(values, null, 2)}\n` }];
}

function readmeOf(exported: ExportedFunction, id: string, withheld: readonly Withheld[]): string {
  const local = withheld.length > 0 ? ` --env-vars ${LOCAL_VALUES}` : '';
  const built = buildCommands(exported);
  const given = overrides(withheld);
  const stack = stackName(exported.name);
  return readme(exported, [
    ['Needs', 'The AWS SAM CLI, and Docker for local runs' + (built.length > 0 ? '; Node.js 22.' : '.')],
    ...(built.length > 0 ? ([['Compile the TypeScript of src/ into dist/', built]] as const) : []),
    ['Build', ['sam build']],
    [
      'Run on this machine, once for each event',
      exported.events.map(({ path }) => `sam local invoke ${id} --event ${path}${local}`),
    ],
    [
      'Deploy',
      [
        `sam deploy --guided --stack-name ${stack} --capabilities CAPABILITY_IAM` +
          (given && ` --parameter-overrides${given}`),
      ],
    ],
    ['Remove it again', [`sam delete --stack-name ${stack}`]],
  ]);
}
