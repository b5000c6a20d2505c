/** Fields of a template → the text of an event: a new one, or one that somebody has worked on since. */

import { applyEdits, modify } from 'jsonc-parser';
import { jsonFault } from '../json_text';
import type { Field, Template, Values } from './templates/template';

const FORMAT = { formattingOptions: { insertSpaces: true, tabSize: 2 } };

type Path = (string | number)[];

/** A place whose value differs; without a value it is to be removed. */
export interface Change {
  path: Path;
  value?: unknown;
}

export const defaultValues = (template: Template): Record<string, string> =>
  Object.fromEntries(template.fields.map((field) => [field.name, field.value]));

/** Why a field cannot be used as it is, or null. */
export function fieldFault(field: Field, value: string): string | null {
  if (field.kind === 'number' && !/^\d+$/.test(value)) return `${field.label} is a whole number.`;
  if (field.kind === 'choice' && !field.choices!.includes(value)) return `Choose one of the list.`;
  if (field.kind !== 'json') return null;
  const fault = jsonFault(value);
  return fault && `Line ${fault.line}, column ${fault.column}: ${fault.message}`;
}

/** The event's text as a template makes it. The values must be without fault. */
export const eventText = (template: Template, values: Values): string =>
  JSON.stringify(template.event(values), null, 2);

/**
 * The text after other values were filled in: only what follows from them changes, and every other place
 * stays as it was typed, digit by digit. The text must be JSON.
 */
export function filledIn(text: string, template: Template, before: Values, after: Values): string {
  let filled = text;
  for (const { path, value } of changes(template.event(before), template.event(after))) {
    try {
      filled = applyEdits(filled, modify(filled, path, value, FORMAT));
    } catch {
      // Somebody has put something else in the place that held this one; theirs stays.
    }
  }
  return filled;
}

const isObject = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

/** The smallest places in which two JSON values differ. Of lists, what goes is told from the end. */
export function changes(before: unknown, after: unknown, path: Path = []): Change[] {
  if (isObject(before) && isObject(after)) {
    const names = [...new Set([...Object.keys(before), ...Object.keys(after)])];
    return names.flatMap((name) => {
      if (!Object.hasOwn(after, name)) return [{ path: [...path, name] }];
      if (!Object.hasOwn(before, name)) return [{ path: [...path, name], value: after[name] }];
      return changes(before[name], after[name], [...path, name]);
    });
  }
  if (Array.isArray(before) && Array.isArray(after)) {
    const common = Math.min(before.length, after.length);
    return [
      ...after.slice(0, common).flatMap((value, at) => changes(before[at], value, [...path, at])),
      ...after.slice(common).map((value: unknown, at) => ({ path: [...path, common + at], value })),
      ...before.slice(common).map((_, at) => ({ path: [...path, before.length - 1 - at] })),
    ];
  }
  return Object.is(before, after) ? [] : [{ path, value: after }];
}
