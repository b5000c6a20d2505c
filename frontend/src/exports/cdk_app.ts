/** An app for the AWS CDK, in TypeScript. */

import { codeFolder, buildFiles, hasTypeScript, projectVariables, sourceFiles } from './build_step';
import type { ExportedFunction, TextFile } from './exported_function';
import { LogicalIds, stackName } from './names';
import { readme } from './readme';
import { overrides, type Withheld, withheldParameters } from './template_parts';
import { devDependencies as VERSIONS } from './tools/package.json';

/** A text as TypeScript writes it. */
const literal = (value: string): string => JSON.stringify(value);

export function cdkApp(exported: ExportedFunction): TextFile[] {
  const ids = new LogicalIds();
  const id = ids.of(exported.name, 'Function');
  const stack = ids.of(exported.name, 'Stack');
  const withheld = withheldParameters(exported, ids);
  return [
    { path: 'lib/stack.ts', text: stackText(exported, stack, id, withheld) },
    { path: 'bin/app.ts', text: appText(exported, stack) },
    ...sourceFiles(exported),
    ...exported.events,
    ...buildFiles(exported).filter(({ path }) => path !== 'package.json'),
    { path: 'package.json', text: packageText(exported) },
    { path: 'cdk.json', text: json({ app: 'tsx bin/app.ts' }) },
    { path: 'tsconfig.json', text: json(TYPES) },
    { path: '.gitignore', text: 'cdk.out/\nnode_modules/\n' + (hasTypeScript(exported) ? 'dist/\n' : '') },
    { path: 'README.md', text: readmeOf(exported, withheld) },
  ];
}

const json = (value: object): string => `${JSON.stringify(value, null, 2)}\n`;

const TYPES = {
  compilerOptions: {
    target: 'ES2022',
    module: 'NodeNext',
    moduleResolution: 'NodeNext',
    strict: true,
    skipLibCheck: true,
    noEmit: true,
    types: ['node'],
  },
  include: ['bin', 'lib'],
};

function packageText(exported: ExportedFunction): string {
  const compiled = hasTypeScript(exported);
  const build = compiled ? 'npm run build && ' : '';
  const { esbuild, ...others } = VERSIONS;
  const { 'aws-cdk-lib': library, constructs, ...tools } = others;
  return json({
    name: exported.name.toLowerCase(),
    private: true,
    scripts: {
      ...(compiled && { build: 'node build.mjs' }),
      synth: `${build}cdk synth`,
      deploy: `${build}cdk deploy`,
    },
    devDependencies: { ...tools, ...(compiled && { esbuild }) },
    dependencies: { 'aws-cdk-lib': library, constructs },
  });
}

const appText = ({ name }: ExportedFunction, stack: string): string => `import { App } from 'aws-cdk-lib';
import { ${stack} } from '../lib/stack';

new ${stack}(new App(), ${literal(stackName(name))});
`;

function stackText(
  exported: ExportedFunction,
  stack: string,
  id: string,
  withheld: readonly Withheld[],
): string {
  const used = ['CfnOutput', ...(withheld.length > 0 ? ['CfnParameter'] : [])];
  const variables = [
    ...projectVariables(exported).map(({ key, value }) => `        ${key}: ${literal(value)},\n`),
    ...withheld.map(({ key, id }) => `        ${key}: withheld(${literal(id)}, ${literal(key)}),\n`),
  ];
  const environment = variables.length > 0 ? `      environment: {\n${variables.join('')}      },\n` : '';
  const parameter = `    // Given at deployment, and shown nowhere.
    const withheld = (id: string, name: string): string =>
      new CfnParameter(this, id, {
        type: 'String',
        noEcho: true,
        description: \`Value of the environment variable \${name}\`,
      }).valueAsString;
`;
  return `import { ${used.join(', ')}, Duration, Size, Stack, type StackProps } from 'aws-cdk-lib';
import { Code, Function, Runtime } from 'aws-cdk-lib/aws-lambda';
import type { Construct } from 'constructs';

export class ${stack} extends Stack {
  constructor(scope: Construct, id: string, props?: StackProps) {
    super(scope, id, props);
${withheld.length > 0 ? parameter : ''}    const made = new Function(this, ${literal(id)}, {
      runtime: Runtime.NODEJS_22_X,
      code: Code.fromAsset(${literal(codeFolder(exported))}),
      handler: ${literal(exported.handler)},
      memorySize: ${exported.memory},
      timeout: Duration.seconds(${exported.timeout}),
      ephemeralStorageSize: Size.mebibytes(${exported.ephemeralStorage}),
${environment}    });
    new CfnOutput(this, 'FunctionName', { value: made.functionName });
  }
}
`;
}

function readmeOf(exported: ExportedFunction, withheld: readonly Withheld[]): string {
  const stack = stackName(exported.name);
  const parameters = overrides(withheld).trim().split(' ').filter(Boolean);
  const given = parameters.map((one) => ` --parameters ${one}`).join('');
  return readme(exported, [
    ['Needs', 'Node.js 22, and credentials of AWS for the deployment.'],
    ['Install', ['npm install']],
    ['See the template', ['npm run synth']],
    ['Deploy', ['npx cdk bootstrap', `npm run deploy${given && ` --${given}`}`]],
    [
      'Invoke',
      [
        `NAME=$(aws cloudformation describe-stacks --stack-name ${stack} --query 'Stacks[0].Outputs[0].OutputValue' --output text)`,
        ...exported.events.map(
          ({ path }) => `aws lambda invoke --function-name "$NAME" --payload fileb://${path} response.json`,
        ),
      ],
    ],
    ['Remove it again', ['npx cdk destroy']],
  ]);
}
