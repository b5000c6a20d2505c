/** What the service refused last, until the field is edited. */

import type { FieldFault } from './contract';

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
