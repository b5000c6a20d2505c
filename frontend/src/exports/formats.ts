/** What the work can be exported as; the service makes it. */

export interface Format {
  /** As the API calls it. */
  id: string;
  title: string;
  about: string;
  /** Whether environment variables go along. */
  variables: boolean;
}

export const FORMATS: readonly Format[] = [
  {
    id: 'sam',
    title: 'AWS SAM project',
    about: 'template.yaml, the files in src/, the test events in events/, and a README with the commands.',
    variables: true,
  },
  {
    id: 'cloudformation',
    title: 'CloudFormation',
    about: 'One template with the function and its role, the code within it where it fits.',
    variables: true,
  },
  {
    id: 'cdk',
    title: 'AWS CDK app',
    about: 'A stack in TypeScript with the function, its versions pinned.',
    variables: true,
  },
  {
    id: 'cli',
    title: 'AWS CLI script',
    about: 'A shell script that makes the role and the function, and invokes it once for each event.',
    variables: true,
  },
  {
    id: 'zip',
    title: 'Files (.zip)',
    about: 'The files alone, as Lambda takes them for a deployment package.',
    variables: false,
  },
];
