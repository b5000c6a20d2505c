/** A shell script for the AWS CLI. Names and values are in JSON files that it hands over, so no shell reads them. */

import { buildCommands, buildFiles, codeFolder, projectVariables, sourceFiles } from './build_step';
import type { ExportedFunction, TextFile } from './exported_function';
import { readme } from './readme';
import { RUNTIME } from './template_parts';

const json = (value: object): string => `${JSON.stringify(value, null, 2)}\n`;

const TRUST = {
  Version: '2012-10-17',
  Statement: [{ Effect: 'Allow', Principal: { Service: 'lambda.amazonaws.com' }, Action: 'sts:AssumeRole' }],
};

export function cliScript(exported: ExportedFunction): TextFile[] {
  return [
    { path: 'deploy.sh', text: script(exported) },
    { path: 'function.json', text: functionText(exported) },
    { path: 'trust-policy.json', text: json(TRUST) },
    ...sourceFiles(exported),
    ...exported.events,
    ...buildFiles(exported),
    {
      path: 'README.md',
      text: readme(exported, [
        ['Needs', 'The AWS CLI, version 1 or 2, with credentials and a region; zip; a POSIX shell.'],
        ['Create the function and invoke it once for each event', ['sh deploy.sh']],
        ['With an execution role that exists', ['ROLE_ARN=arn:aws:iam::ACCOUNT:role/ROLE sh deploy.sh']],
        ['Remove it again', [`aws lambda delete-function --function-name ${exported.name}`]],
      ]),
    },
  ];
}

function functionText(exported: ExportedFunction): string {
  const variables = [
    ...projectVariables(exported).map(({ key, value }) => [key, value]),
    ...exported.withheld.map((key) => [key, '']),
  ];
  return json({
    FunctionName: exported.name,
    Runtime: RUNTIME,
    Handler: exported.handler,
    MemorySize: exported.memory,
    Timeout: exported.timeout,
    EphemeralStorage: { Size: exported.ephemeralStorage },
    ...(variables.length > 0 && { Environment: { Variables: Object.fromEntries(variables) as object } }),
  });
}

function script(exported: ExportedFunction): string {
  const { name, withheld } = exported;
  const build = buildCommands(exported);
  const asked = withheld.map(
    (key) => `if grep -q '"${key}": ""' function.json; then
  echo "Write the value of ${key} into function.json first." >&2
  exit 1
fi
`,
  );
  const missing =
    withheld.length > 0 ? `\n# Values that stayed behind: they are to be filled in.\n${asked.join('')}` : '';
  return `#!/bin/sh
# Creates the Lambda function ${name} and invokes it once for each event.
# Needs the AWS CLI (version 1 or 2) with credentials and a region, and zip.
# ROLE_ARN, where it is set, is the execution role; otherwise one is made.
set -eu
cd "$(dirname "$0")"
export AWS_PAGER=''
NAME=${name}
${missing}
# The execution role: it may write logs and nothing else.
if [ -z "\${ROLE_ARN:-}" ]; then
  ROLE_ARN=$(aws iam create-role --role-name "$NAME-role" \\
    --assume-role-policy-document file://trust-policy.json --query Role.Arn --output text)
  aws iam attach-role-policy --role-name "$NAME-role" \\
    --policy-arn arn:aws:iam::aws:policy/service-role/AWSLambdaBasicExecutionRole
  # It takes some seconds until Lambda knows a new role.
  sleep 10
fi

# The deployment package.
${build.map((line) => `${line}\n`).join('')}rm -f function.zip
(cd ${codeFolder(exported)} && zip -qr ../function.zip .)

# The function. Its name, handler, sizes and variables are in function.json.
aws lambda create-function --cli-input-json file://function.json \\
  --role "$ROLE_ARN" --zip-file fileb://function.zip >/dev/null
aws lambda wait function-active-v2 --function-name "$NAME"

# One invocation for each event: the end of its log, and its response, which stays in responses/.
mkdir -p responses
for event in events/*.json; do
  response="responses/\${event#events/}"
  echo "--- $event"
  aws lambda invoke --function-name "$NAME" --payload "fileb://$event" --log-type Tail \\
    --query LogResult --output text "$response" | base64 --decode
  cat "$response"
  echo
done
`;
}
