/** Where two plans differ, part by part, as texts that can be laid side by side. Pure. */

import { type Change, changes } from '../snippet/comparison';
import type { Plan, PlannedExercise } from './contract';

const json = (value: unknown): string => JSON.stringify(value, null, 2);

/** From the plan that is stored to the one that is typed. */
export function differences(stored: Plan, typed: Plan): Change[] {
  return changes(textsOf(stored), textsOf(typed));
}

function textsOf(plan: Plan): Map<string, string> {
  return new Map([
    ['Title', plan.title],
    ['Description', plan.description],
    ['Order of the exercises', plan.exercises.map(({ id }) => id).join('\n')],
    ...plan.exercises.flatMap((exercise) =>
      exerciseTexts(exercise).map(([name, text]): [string, string] => [`${exercise.id}: ${name}`, text]),
    ),
  ]);
}

function exerciseTexts(exercise: PlannedExercise): [string, string][] {
  const { title, minutes, instructions, starter, solution, solution_configuration: changed } = exercise;
  const { files, ...configuration } = starter;
  const named = (what: string, some: Record<string, string>) =>
    Object.entries(some).map(([path, text]): [string, string] => [`${what} ${path}`, text]);
  return [
    ['title', title],
    ['minutes', String(minutes)],
    ['instructions', instructions],
    ['starter configuration', json(configuration)],
    ...named('starter', files),
    ['solution configuration', json(changed)],
    ...named('solution', solution),
    ['test events', json(exercise.test_events)],
    ['hints', exercise.hints.join('\n\n')],
    ['checks', json(exercise.checks)],
  ];
}
