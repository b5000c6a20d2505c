/** A plan as it is typed: every figure and every JSON value a text, every part of a list with a key of its own. */

import type { VariableRow } from '../environment/variables';
import type { TemplateUse } from '../events/saved_events';
import type { SourceFile } from '../files/paths';
import type { Start } from './contract';
import { type ExpectationKind, kindOf } from './expectation_kinds';

export interface Keyed {
  /** Stays with it wherever it is moved; never sent. */
  id: number;
}

/** A text of a list, such as a hint. */
export interface TextForm extends Keyed {
  text: string;
}

export interface EventForm extends Keyed {
  name: string;
  event: string;
  /** Empty where nothing is expected. */
  expected: string;
  template: TemplateUse | null;
}

export interface CheckedVariable extends VariableRow {
  /** That the variable is not there in this run. */
  unset: boolean;
}

export interface ExpectationForm extends Keyed {
  kind: ExpectationKind;
  text: string;
}

export interface CheckForm extends Keyed {
  name: string;
  title: string;
  event: string;
  environment: CheckedVariable[];
  start: Start;
  hidden: boolean;
  expectations: ExpectationForm[];
}

export interface ConfigurationForm {
  handler: string;
  memory_size: string;
  timeout: string;
  ephemeral_storage: string;
  environment: VariableRow[];
}

export type ConfigurationField = keyof ConfigurationForm;

export interface ExerciseForm extends Keyed {
  /** The exercise's id, which the service knows it by. */
  name: string;
  title: string;
  minutes: string;
  instructions: string;
  starter: ConfigurationForm & { files: SourceFile[] };
  solution: SourceFile[];
  solution_configuration: ConfigurationForm;
  /** What of the solution's configuration is not the starter's. */
  own: ConfigurationField[];
  test_events: EventForm[];
  hints: TextForm[];
  checks: CheckForm[];
}

export interface PlanForm {
  title: string;
  description: string;
  exercises: ExerciseForm[];
}

export const CONFIGURATION_FIELDS = [
  'handler',
  'memory_size',
  'timeout',
  'ephemeral_storage',
  'environment',
] as const satisfies ConfigurationField[];

// Above every key of what an earlier page has kept.
let last = Date.now();

/** A key that nothing has. */
export const newKey = (): number => ++last;

const STARTER = 'export const handler = async (event) => {\n};\n';

export const newFile = (path: string, text = ''): SourceFile => ({ id: newKey(), path, text });

export const newConfiguration = (): ConfigurationForm => ({
  handler: 'index.handler',
  memory_size: '128',
  timeout: '3',
  ephemeral_storage: '512',
  environment: [],
});

export const newEvent = (name: string): EventForm => ({
  id: newKey(),
  name,
  event: '{}',
  expected: '',
  template: null,
});

export const newExpectation = (kind: ExpectationKind): ExpectationForm => ({
  id: newKey(),
  kind,
  text: kindOf(kind).first,
});

export const newCheck = (name: string): CheckForm => ({
  id: newKey(),
  name,
  title: '',
  event: '{}',
  environment: [],
  start: 'any',
  hidden: false,
  expectations: [newExpectation('response_equals')],
});

export const newExercise = (name: string): ExerciseForm => ({
  id: newKey(),
  name,
  title: '',
  minutes: '10',
  instructions: '',
  starter: { ...newConfiguration(), files: [newFile('index.mjs', STARTER)] },
  solution: [newFile('index.mjs', STARTER)],
  solution_configuration: newConfiguration(),
  own: [],
  test_events: [],
  hints: [],
  checks: [],
});

/** The same with other keys throughout. */
export function copied<T>(part: T): T {
  if (Array.isArray(part)) return part.map((one) => copied(one as unknown)) as T;
  if (typeof part !== 'object' || part === null) return part;
  const copy = Object.fromEntries(Object.entries(part).map(([name, one]) => [name, copied(one as unknown)]));
  // A test event's template has an id too, which is a text.
  return { ...copy, ...(typeof copy['id'] === 'number' && { id: newKey() }) } as T;
}
