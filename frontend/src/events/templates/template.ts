/** What a template of a test event is: fields to fill in, and the event that they make. */

export interface Field {
  name: string;
  label: string;
  /** What stands there at first. */
  value: string;
  /** One line, a text of several, JSON, a whole number, or one of `choices`. */
  kind: 'line' | 'text' | 'json' | 'number' | 'choice';
  choices?: readonly string[];
  hint?: string;
}

export type Values = Readonly<Record<string, string>>;

export interface Template {
  id: string;
  /** The trigger as AWS calls it. */
  title: string;
  /** One sentence: when such an event comes, and what of it follows from the fields. */
  about: string;
  fields: readonly Field[];
  event(values: Values): unknown;
}

type More = Partial<Pick<Field, 'hint'>>;

export const line = (name: string, label: string, value: string, more: More = {}): Field => ({
  name,
  label,
  value,
  kind: 'line',
  ...more,
});
export const text = (name: string, label: string, value: string, more: More = {}): Field => ({
  ...line(name, label, value, more),
  kind: 'text',
});
export const json = (name: string, label: string, value: unknown, more: More = {}): Field => ({
  ...line(name, label, JSON.stringify(value, null, 2), more),
  kind: 'json',
});
export const number = (name: string, label: string, value: number, more: More = {}): Field => ({
  ...line(name, label, String(value), more),
  kind: 'number',
});
export const choice = (name: string, label: string, choices: readonly string[], more: More = {}): Field => ({
  ...line(name, label, choices[0]!, more),
  kind: 'choice',
  choices,
});
