/** What the templates of SAM and of CloudFormation share. */

import type { Node } from 'yaml';
import { projectVariables } from './build_step';
import type { ExportedFunction } from './exported_function';
import type { LogicalIds } from './names';
import { key, ref, text } from './template_yaml';

export const FORMAT_VERSION = '2010-09-09';
export const RUNTIME = 'nodejs22.x';

/** A parameter for each variable whose value stays behind. */
export interface Withheld {
  key: string;
  /** Logical id of its parameter. */
  id: string;
}

export const withheldParameters = ({ withheld }: ExportedFunction, ids: LogicalIds): Withheld[] =>
  withheld.map((key) => ({ key, id: ids.of(key) }));

export const parametersOf = (withheld: readonly Withheld[]): Record<string, object> =>
  Object.fromEntries(
    withheld.map(({ key, id }) => [
      id,
      { Type: 'String', NoEcho: true, Description: `Value of the environment variable ${key}` },
    ]),
  );

/** The property Environment; none where there is no variable. */
export function environmentOf(
  exported: ExportedFunction,
  withheld: readonly Withheld[],
): { Environment?: { Variables: Map<Node, Node> } } {
  const variables = new Map([
    ...projectVariables(exported).map((one) => [key(one.key), text(one.value)] as const),
    ...withheld.map((one) => [key(one.key), ref(one.id)] as const),
  ]);
  return variables.size > 0 ? { Environment: { Variables: variables } } : {};
}

/** `Parameter=value` for each value that is to be filled in; nothing where there is none. */
export const overrides = (withheld: readonly Withheld[]): string =>
  withheld.map(({ id }) => ` ${id}=VALUE`).join('');
