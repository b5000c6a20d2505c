/** What the work can be exported as. */

import { cdkApp } from './cdk_app';
import { cliScript } from './cli_script';
import { cloudFormation, inlineFault } from './cloud_formation';
import { hasTypeScript } from './build_step';
import type { ExportedFunction, TextFile } from './exported_function';
import { samProject } from './sam_project';

export interface Format {
  id: string;
  title: string;
  about: string;
  /** Whether environment variables go along. */
  variables: boolean;
  files(exported: ExportedFunction): readonly TextFile[];
  /** What whoever exports should know of this function, as a sentence; null where there is nothing. */
  notice(exported: ExportedFunction): string | null;
}

export const FORMATS: readonly Format[] = [
  {
    id: 'sam',
    title: 'AWS SAM project',
    about: 'template.yaml, the files in src/, the test events in events/, and a README with the commands.',
    variables: true,
    files: samProject,
    notice: () => null,
  },
  {
    id: 'cloudformation',
    title: 'CloudFormation',
    about: 'One template with the function and its role, the code within it where it fits.',
    variables: true,
    files: cloudFormation,
    notice(exported) {
      const fault = inlineFault(exported);
      return fault && `The code does not fit into the template, so it comes from an S3 bucket. ${fault}`;
    },
  },
  {
    id: 'cdk',
    title: 'AWS CDK app',
    about: 'A stack in TypeScript with the function, its versions pinned.',
    variables: true,
    files: cdkApp,
    notice: () => null,
  },
  {
    id: 'cli',
    title: 'AWS CLI script',
    about: 'A shell script that makes the role and the function, and invokes it once for each event.',
    variables: true,
    files: cliScript,
    notice: () => null,
  },
  {
    id: 'zip',
    title: 'Files (.zip)',
    about: 'The files alone, as Lambda takes them for a deployment package.',
    variables: false,
    files: ({ files }) => files,
    notice: (exported) =>
      hasTypeScript(exported) ? 'TypeScript is in it as it was typed: Lambda wants it compiled.' : null,
  },
];

/** Events that a tool would refuse: what was typed is no JSON. */
export const eventsWithoutJson = ({ events }: ExportedFunction): string[] =>
  events.filter(({ text }) => !isJson(text)).map(({ path }) => path);

function isJson(text: string): boolean {
  try {
    JSON.parse(text);
    return true;
  } catch {
    return false;
  }
}
