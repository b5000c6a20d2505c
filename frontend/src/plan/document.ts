/** The plan's document ↔ what is typed. What cannot be said in a document is left out of it, and told as a fault. */

import { isBlank, type VariableRow } from '../environment/variables';
import type { SourceFile } from '../files/paths';
import type { Configuration, FieldFault, Plan, PlannedCheck, PlannedExercise } from './contract';
import { typedValue, valueText } from './expectation_kinds';
import {
  type CheckForm,
  CONFIGURATION_FIELDS,
  type ConfigurationForm,
  type ExerciseForm,
  newConfiguration,
  newFile,
  newKey,
  type PlanForm,
} from './form';

export function formOf(plan: Plan): PlanForm {
  return {
    title: plan.title,
    description: plan.description,
    exercises: plan.exercises.map(exerciseForm),
  };
}

function exerciseForm(exercise: PlannedExercise): ExerciseForm {
  const { id, title, minutes, instructions, starter, hints, test_events: events } = exercise;
  const changed = exercise.solution_configuration;
  return {
    id: newKey(),
    name: id,
    title,
    minutes: String(minutes),
    instructions,
    starter: { ...configurationForm(starter), files: filesForm(starter.files) },
    solution: filesForm(exercise.solution),
    solution_configuration: configurationForm({ ...starter, ...changed }),
    own: CONFIGURATION_FIELDS.filter((field) => field in changed),
    test_events: events.map(({ name, event, expected, template }) => ({
      ...{ id: newKey(), name, event },
      ...{ expected: expected ?? '', template: template ?? null },
    })),
    hints: hints.map((text) => ({ id: newKey(), text })),
    checks: exercise.checks.map(checkForm),
  };
}

function checkForm({ id, environment, expectations, ...check }: PlannedCheck): CheckForm {
  return {
    ...check,
    id: newKey(),
    name: id,
    environment: Object.entries(environment).map(([key, value]) => ({
      ...{ id: newKey(), key, value: value ?? '', unset: value === null },
    })),
    expectations: expectations.map(({ kind, value }) => ({
      ...{ id: newKey(), kind, text: valueText(kind, value) },
    })),
  };
}

const filesForm = (files: Record<string, string>): SourceFile[] =>
  Object.entries(files).map(([path, text]) => newFile(path, text));

function configurationForm(configuration: Configuration): ConfigurationForm {
  const { handler, memory_size, timeout, ephemeral_storage, environment } = configuration;
  return {
    ...newConfiguration(),
    handler,
    memory_size: String(memory_size),
    timeout: String(timeout),
    ephemeral_storage: String(ephemeral_storage),
    environment: Object.entries(environment).map(([key, value]) => ({ id: newKey(), key, value })),
  };
}

/** The document of what is typed, which the service refuses where there are faults; each with the way to it. */
export function documentOf(form: PlanForm): { plan: unknown; faults: FieldFault[] } {
  const faults: FieldFault[] = [];
  const exercises = form.exercises.map((exercise, index) =>
    exerciseDocument(exercise, (way, message) =>
      faults.push({ field: ['exercises', String(index), ...way], message }),
    ),
  );
  return { plan: { title: form.title, description: form.description, exercises }, faults };
}

type Tell = (way: string[], message: string) => void;

function exerciseDocument(exercise: ExerciseForm, tell: Tell): unknown {
  const { name, title, minutes, instructions, starter, solution, own, test_events: events } = exercise;
  const ownFields = configurationDocument(exercise.solution_configuration, (way, message) => {
    if (own.includes('environment')) tell(['solution_configuration', ...way], message);
  });
  return {
    id: name,
    title,
    minutes: figure(minutes),
    instructions,
    starter: {
      ...configurationDocument(starter, (way, message) => tell(['starter', ...way], message)),
      files: filesDocument(starter.files),
    },
    solution: filesDocument(solution),
    solution_configuration: Object.fromEntries(own.map((field) => [field, ownFields[field]])),
    test_events: events.map(({ name, event, expected, template }) => ({
      ...{ name, event },
      ...(expected.trim() !== '' && { expected }),
      ...(template && { template }),
    })),
    hints: exercise.hints.map(({ text }) => text),
    checks: exercise.checks.map((check, index) =>
      checkDocument(check, (way, message) => tell(['checks', String(index), ...way], message)),
    ),
  };
}

function checkDocument(check: CheckForm, tell: Tell): unknown {
  const { name, title, event, start, hidden } = check;
  const rows = check.environment.filter((row) => row.unset || !isBlank(row));
  return {
    ...{ id: name, title, event, start, hidden },
    environment: variables(rows, ({ unset, value }) => (unset ? null : value), tell),
    expectations: check.expectations.map(({ kind, text }, index) => {
      const { fault, ...typed } = typedValue(kind, text);
      if (fault) tell(['expectations', String(index), 'value'], fault);
      return { kind, ...typed };
    }),
  };
}

function configurationDocument(form: ConfigurationForm, tell: Tell) {
  return {
    handler: form.handler,
    memory_size: figure(form.memory_size),
    timeout: figure(form.timeout),
    ephemeral_storage: figure(form.ephemeral_storage),
    environment: variables(
      form.environment.filter((row) => !isBlank(row)),
      ({ value }) => value,
      tell,
    ),
  };
}

/** Variables by their names. The service takes no number: it refuses one that is there twice, as the page does. */
function variables<Row extends VariableRow>(
  rows: readonly Row[],
  value: (row: Row) => string | null,
  tell: Tell,
): Record<string, string | number | null> {
  const twice = new Set(rows.map(({ key }) => key).filter((key, index, all) => all.indexOf(key) < index));
  for (const key of twice) tell(['environment', key], `${key} is set twice; keep one of the two.`);
  return Object.fromEntries(rows.map((row) => [row.key, twice.has(row.key) ? 0 : value(row)]));
}

const filesDocument = (files: readonly SourceFile[]): Record<string, string> =>
  Object.fromEntries(files.map(({ path, text }) => [path, text]));

/** A number where one was typed; else the text, which the service refuses with a sentence. */
const figure = (text: string): number | string => (/^\d{1,15}$/.test(text.trim()) ? Number(text) : text);
