import { expect, test } from 'vitest';
import { cdkApp } from './cdk_app';
import { cliScript } from './cli_script';
import type { TextFile } from './exported_function';
import { exported } from './sample';
import { devDependencies as VERSIONS } from './tools/package.json';

const textOf = (files: readonly TextFile[], path: string) => files.find((file) => file.path === path)!.text;
const TYPESCRIPT = { files: [{ path: 'index.ts', text: 'export const handler = 1;' }] };
const HOSTILE = '"); process.exit(1); //`${1}`\n\'$(touch /tmp/x)';

test('a CDK app pins the versions that the tests run', () => {
  const made = JSON.parse(textOf(cdkApp(exported()), 'package.json'));
  expect(made.dependencies['aws-cdk-lib']).toBe(VERSIONS['aws-cdk-lib']);
  expect(made.devDependencies).not.toHaveProperty('esbuild');
  expect(made.scripts.synth).toBe('cdk synth');
  const compiled = JSON.parse(textOf(cdkApp(exported(TYPESCRIPT)), 'package.json'));
  expect(compiled.devDependencies.esbuild).toBe(VERSIONS.esbuild);
  expect(compiled.scripts.synth).toBe('npm run build && cdk synth');
});

test('a CDK stack has texts as literals, and asks for the values that stay behind', () => {
  const files = cdkApp(
    exported(
      {
        environment: [
          { key: 'VALUE', value: HOSTILE },
          { key: 'API_KEY', value: 'geheim' },
        ],
      },
      'api_router',
    ),
  );
  const stack = textOf(files, 'lib/stack.ts');
  expect(stack).toContain(`VALUE: ${JSON.stringify(HOSTILE)},`);
  expect(stack).toContain('API_KEY: withheld("ApiKey", "API_KEY"),');
  expect(JSON.stringify(files)).not.toContain('geheim');
  expect(textOf(files, 'bin/app.ts')).toContain('new ApiRouterStack(new App(), "api-router");');
  expect(textOf(files, 'README.md')).toContain('npm run deploy -- --parameters ApiKey=VALUE');
});

test('no name and no value of the work is in the shell script', () => {
  const files = cliScript(
    exported({
      handler: HOSTILE.replaceAll(/\s/g, ''),
      environment: [{ key: 'VALUE', value: HOSTILE }],
      files: [{ path: '$(touch x)/-rf.js', text: HOSTILE }],
    }),
  );
  const script = textOf(files, 'deploy.sh');
  expect(script).not.toContain('touch');
  expect(script).not.toContain('process.exit');
  expect(JSON.parse(textOf(files, 'function.json'))).toMatchObject({
    FunctionName: 'hello',
    Environment: { Variables: { VALUE: HOSTILE } },
  });
});

test('the shell script stops where a value that stayed behind was not filled in', () => {
  const files = cliScript(exported({ environment: [{ key: 'API_KEY', value: 'geheim' }] }));
  expect(textOf(files, 'deploy.sh')).toContain(`grep -q '"API_KEY": ""' function.json`);
  expect(textOf(files, 'function.json')).toContain('"API_KEY": ""');
  expect(JSON.stringify(files)).not.toContain('geheim');
});
