/** What can be told about environment variables before they are sent. */

import type { Limits } from '../contract';

export interface VariableRow {
  id: number;
  key: string;
  value: string;
}

const KEY_PATTERN = /^[a-zA-Z][a-zA-Z0-9_]+$/;

/** A row that nobody has begun to fill in is not sent. */
export function isBlank(row: VariableRow): boolean {
  return row.key === '' && row.value === '';
}

export function toEnvironment(rows: readonly VariableRow[]): Record<string, string> {
  return Object.fromEntries(rows.filter((row) => !isBlank(row)).map((row) => [row.key, row.value]));
}

/** Keys and values as Lambda counts them against its 4 KB: as JSON, in bytes. */
export function environmentBytes(rows: readonly VariableRow[]): number {
  const environment = toEnvironment(rows);
  if (Object.keys(environment).length === 0) return 0;
  return new TextEncoder().encode(JSON.stringify(environment)).length;
}

/** Faults by row id, each a sentence that says what to do. */
export function variableFaults(rows: readonly VariableRow[], limits: Limits): Map<number, string> {
  const faults = new Map<number, string>();
  const reserved = new Set(limits.reserved_environment_variables);
  const seen = new Set<string>();
  for (const row of rows) {
    if (isBlank(row)) continue;
    if (row.key === '') faults.set(row.id, 'Give this variable a name, or remove it.');
    else if (seen.has(row.key)) faults.set(row.id, `${row.key} is set twice; keep one of the two.`);
    else if (reserved.has(row.key)) {
      faults.set(row.id, `${row.key} is reserved by Lambda and cannot be set.`);
    } else if (!KEY_PATTERN.test(row.key)) {
      faults.set(row.id, 'A name starts with a letter and has two or more letters, digits or underscores.');
    }
    seen.add(row.key);
  }
  return faults;
}

/** The rows with other variables among them: a known key takes the new value, a new one comes at the end. */
export function merged(
  rows: readonly VariableRow[],
  variables: readonly { key: string; value: string }[],
  nextId: () => number,
): VariableRow[] {
  const values = new Map(variables.map(({ key, value }) => [key, value]));
  const kept = rows
    .filter((row) => !isBlank(row))
    .map((row) => (values.has(row.key) ? { ...row, value: values.get(row.key)! } : row));
  const known = new Set(rows.map((row) => row.key));
  const added = [...values].filter(([key]) => !known.has(key));
  return [...kept, ...added.map(([key, value]) => ({ id: nextId(), key, value }))];
}
