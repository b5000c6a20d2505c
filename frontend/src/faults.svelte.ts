/** What the service refused last, until the field is edited. */

import type { FieldFault } from './contract';
import { isBlank, type VariableRow } from './environment/variables';
import type { SourceFile } from './files/paths';

const FIELDS = ['files', 'handler', 'environment', 'memory_size', 'timeout', 'ephemeral_storage', 'event'];

/** Whether the page shows a field where a fault is, so that it can stand there. */
export function hasPlace(
  { field }: FieldFault,
  files: readonly SourceFile[],
  environment: readonly VariableRow[],
): boolean {
  const [first, second] = field;
  if (field.length > 2) return false;
  if (first === 'files' && second !== undefined) return files.some((file) => file.path === second);
  if (first === 'environment' && second !== undefined) {
    return environment.some((row) => row.key === second && !isBlank(row));
  }
  return second === undefined && FIELDS.includes(first ?? '');
}

export class Faults {
  list = $state.raw<FieldFault[]>([]);

  at(...field: string[]): FieldFault | undefined {
    return this.list.find((fault) => fault.field.join('\0') === field.join('\0'));
  }

  /** Forgets the faults at a field and at the field that holds it; without a second part, all within the field. */
  clear(...field: string[]): void {
    if (this.list.length === 0) return;
    const [first, second] = field;
    this.list = this.list.filter(
      (fault) =>
        fault.field[0] !== first ||
        (second !== undefined && fault.field.length > 1 && fault.field[1] !== second),
    );
  }
}
