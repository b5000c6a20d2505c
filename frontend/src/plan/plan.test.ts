import { describe, expect, test } from 'vitest';
import type { Plan } from './contract';
import { differences } from './differences';
import { documentOf, formOf } from './document';
import { type ExpectationKind, KINDS, typedValue, valueText } from './expectation_kinds';
import { PlanFaults } from './faults.svelte';
import { copied, newCheck, newExercise } from './form';
import { freeId, isMade, moved, slug } from './ids';
import { foldsOf, placeOf } from './places';

const CONFIGURATION = {
  handler: 'index.handler',
  environment: {},
  memory_size: 128,
  timeout: 3,
  ephemeral_storage: 512,
};
const PLAN: Plan = {
  title: 'First steps',
  description: '*All* of it.',
  exercises: [
    {
      id: 'hello',
      title: 'Hello',
      minutes: 5,
      instructions: '# Hello',
      starter: {
        ...CONFIGURATION,
        environment: { STAGE: 'test' },
        files: { 'index.mjs': '//', 'lib/a.mjs': '' },
      },
      solution: { 'index.mjs': '// done' },
      solution_configuration: { memory_size: 256, environment: { STAGE: 'other' } },
      test_events: [
        { name: 'ada', event: '{"a":1}', expected: '"Ada"' },
        { name: 'made', event: '{}', template: { id: 'sqs', fields: { queue: 'a' } } },
      ],
      hints: ['Look.', 'Look again.'],
      checks: [
        {
          id: 'greets',
          title: 'Greets',
          event: '{ "a": 1}',
          environment: { STAGE: null, OTHER: 'x' },
          start: 'cold',
          hidden: true,
          expectations: [
            { kind: 'response_equals', value: { a: [1, 'two', null] } },
            { kind: 'response_contains', value: 'text' },
            { kind: 'duration_below_ms', value: 12.5 },
            { kind: 'cold_start', value: false },
            { kind: 'outcome', value: 'timeout' },
            { kind: 'log_contains', value: '12' },
          ],
        },
      ],
    },
    {
      id: 'bare',
      title: 'Bare',
      minutes: 10,
      instructions: '',
      starter: { ...CONFIGURATION, files: { 'index.mjs': '' } },
      solution: {},
      solution_configuration: {},
      test_events: [],
      hints: [],
      checks: [],
    },
  ],
};

describe('a document', () => {
  test('comes back from what is typed as it was', () => {
    expect(documentOf(formOf(PLAN))).toEqual({ plan: PLAN, faults: [] });
  });

  test('of a new exercise has everything that the service asks for', () => {
    const form = formOf({ ...PLAN, exercises: [] });
    form.exercises.push({ ...newExercise('new'), checks: [newCheck('check')] });
    const { plan, faults } = documentOf(form);
    expect(faults).toEqual([]);
    expect((plan as Plan).exercises[0]).toMatchObject({ id: 'new', minutes: 10, checks: [{ id: 'check' }] });
  });

  test('has no value where none was typed, and the page says why', () => {
    const form = formOf(PLAN);
    form.exercises[0]!.checks[0]!.expectations[0]!.text = 'Hello';
    const { plan, faults } = documentOf(form);
    expect((plan as Plan).exercises[0]!.checks[0]!.expectations[0]).toEqual({ kind: 'response_equals' });
    expect(faults).toEqual([
      {
        field: ['exercises', '0', 'checks', '0', 'expectations', '0', 'value'],
        message: 'This is not JSON. A text stands in double quotes.',
      },
    ]);
  });

  test('cannot say a variable twice: it is refused rather than lost', () => {
    const form = formOf(PLAN);
    form.exercises[0]!.starter.environment.push({ id: 1, key: 'STAGE', value: 'again' });
    const { plan, faults } = documentOf(form);
    expect((plan as Plan).exercises[0]!.starter.environment).toEqual({ STAGE: 0 });
    expect(faults.map(({ field }) => field.join(' '))).toEqual(['exercises 0 starter environment STAGE']);
  });

  test('takes figures as numbers, and leaves to the service what is none', () => {
    const form = formOf(PLAN);
    form.exercises[0]!.minutes = ' 7 ';
    form.exercises[1]!.minutes = 'soon';
    const { exercises } = documentOf(form).plan as { exercises: { minutes: unknown }[] };
    expect(exercises.map(({ minutes }) => minutes)).toEqual([7, 'soon']);
  });
});

describe('a value', () => {
  const values: [ExpectationKind, unknown][] = [
    ['response_equals', { a: [1, null] }],
    ['response_equals', 'text'],
    ['response_schema', true],
    ['response_matches', '^a"$'],
    ['chunks_at_least', 2],
    ['memory_below_mb', 0.5],
    ['cold_start', true],
    ['outcome', 'ok'],
    ['error_type', 'RangeError'],
    ['log_lacks', 'two\nlines'],
  ];
  test.each(values)('of %s is typed as %j and read again', (kind, value) => {
    expect(typedValue(kind, valueText(kind, value))).toEqual({ value });
  });

  test('that every kind begins with can be sent', () => {
    for (const kind of Object.keys(KINDS) as ExpectationKind[]) {
      expect(typedValue(kind, KINDS[kind].first).fault, kind).toBeUndefined();
    }
  });

  test('that is no number is sent as it was typed', () => {
    expect(typedValue('duration_below_ms', 'soon')).toEqual({ value: 'soon' });
    expect(typedValue('duration_below_ms', ' ')).toEqual({ value: ' ' });
  });
});

describe('ids', () => {
  test.each([
    ['Hello, Ada!', 'hello-ada'],
    ['  Größe & Maß ', 'gro-e-ma'],
    ['Café', 'cafe'],
    ['???', ''],
    ['x'.repeat(90), 'x'.repeat(44)],
  ])('of %j is %j', (title, id) => {
    expect(slug(title)).toBe(id);
  });

  test('are free', () => {
    expect(freeId('Hello', 'exercise', ['hello', 'hello-2'])).toBe('hello-3');
    expect(freeId('', 'check', [])).toBe('check');
  });

  test('follow a title until somebody types another', () => {
    expect(isMade('hello-2', 'Hello', 'exercise')).toBe(true);
    expect(isMade('exercise', '', 'exercise')).toBe(true);
    expect(isMade('greeting', 'Hello', 'exercise')).toBe(false);
  });
});

test.each([
  [0, 1, 'bac'],
  [2, -1, 'acb'],
  [0, -1, 'abc'],
  [2, 1, 'abc'],
  [0, 2, 'bca'],
])('what is moved from %i by %i: %s', (from, by, after) => {
  expect(moved([...'abc'], from, by).join('')).toBe(after);
});

test('a copy has keys of its own throughout, and the id of a template', () => {
  const [exercise] = formOf(PLAN).exercises;
  const copy = copied(exercise!);
  expect(copy.id).not.toBe(exercise!.id);
  expect(copy.checks[0]!.expectations[0]!.id).not.toBe(exercise!.checks[0]!.expectations[0]!.id);
  expect(copy.test_events[1]!.template).toEqual({ id: 'sqs', fields: { queue: 'a' } });
  const other = formOf(PLAN);
  other.exercises = [copy];
  expect((documentOf(other).plan as Plan).exercises[0]).toEqual(PLAN.exercises[0]);
});

describe('the place of a fault', () => {
  const form = formOf(PLAN);
  const [hello] = form.exercises;
  const check = hello!.checks[0]!;

  test.each([
    [['title'], 'title', 'Title'],
    [
      ['exercises', '0', 'checks', '0', 'expectations', '1', 'value'],
      `exercises/${hello!.id}/checks/${check.id}/expectations/${check.expectations[1]!.id}/value`,
      'Exercise 1 “Hello”, check 1 “Greets”, expectation 2, value',
    ],
    [
      ['exercises', '0', 'starter', 'files', 'lib/a.mjs'],
      `exercises/${hello!.id}/starter/files/${hello!.starter.files[1]!.id}`,
      'Exercise 1 “Hello”, starter, files, lib/a.mjs',
    ],
    [
      ['exercises', '0', 'checks', '0', 'environment', 'OTHER'],
      `exercises/${hello!.id}/checks/${check.id}/environment/${check.environment[1]!.id}`,
      'Exercise 1 “Hello”, check 1 “Greets”, environment variables, OTHER',
    ],
    [['exercises', '7', 'title'], 'exercises', 'Exercises'],
    [
      ['exercises', '0', 'solution', 'gone.mjs'],
      `exercises/${hello!.id}/solution`,
      'Exercise 1 “Hello”, solution',
    ],
  ])('%j', (way, place, words) => {
    expect(placeOf(form, way)).toEqual({ place, words });
  });

  test('unfolds whatever it is in', () => {
    expect(foldsOf('exercises/3/starter/memory_size')).toContain('exercises/3/starter/configuration');
    expect(foldsOf('exercises/3/solution_configuration/timeout')).toContain('exercises/3/solution');
    expect(foldsOf('exercises/3/checks/9/title')).toContain('exercises/3/checks/9');
  });
});

test('what the page found stands in place of what the service says of the same place', () => {
  const faults = new PlanFaults();
  const form = formOf(PLAN);
  const at = (field: string[], message: string) => ({ field, message });
  faults.set(
    'Not saved',
    form,
    [at(['title'], 'mine')],
    [at(['title'], 'theirs'), at(['description'], 'other')],
  );
  expect(faults.list.map(({ message }) => message)).toEqual(['mine', 'other']);
  faults.clear('title');
  expect(faults.at('title')).toBeNull();
  expect(faults.at('description')).toBe('other');
});

test('two plans differ where they differ', () => {
  const other = structuredClone(PLAN);
  other.exercises[0]!.instructions = 'Other';
  other.exercises.pop();
  expect(differences(PLAN, other).map(({ name }) => name)).toContain('hello: instructions');
  expect(differences(PLAN, structuredClone(PLAN))).toEqual([]);
});
