/** Which of the files that somebody brought is the template of a project. */

import type { ReceivedFile } from '../files/received';

/** What builds leave in a project, and nobody writes. */
export const BUILT = /(?:^|\/)(?:node_modules|\.aws-sam|cdk\.out)\//;

const NAME = /^(?!(?:.*\/)?(?:node_modules|\.aws-sam|cdk\.out)\/)(?:.*\/)?template\.(?:ya?ml|json)$/;

/** The path of the template that is nearest to the top; null where none is one of CloudFormation. */
export function templateAmong(files: readonly ReceivedFile[]): string | null {
  const depth = (path: string): number => path.split('/').length;
  const [first] = files
    .filter(
      ({ path, bytes }) =>
        NAME.test(path) && /\bAWS::(?:Serverless|Lambda)\b/.test(new TextDecoder().decode(bytes)),
    )
    .map(({ path }) => path)
    .sort((one, other) => depth(one) - depth(other));
  return first ?? null;
}
