/**
 * Where something of a plan is: the way to it as the service tells it, with a part's key in place of its number in a
 * list. So a fault stays at its part wherever that is moved.
 */

import type { ExerciseForm, PlanForm } from './form';

export type Place = string;

type Found = { step: string; next: unknown; words: string };

const NAMES: Record<string, string> = {
  title: 'title',
  description: 'description',
  exercises: 'exercises',
  id: 'id',
  minutes: 'minutes',
  instructions: 'instructions',
  starter: 'starter',
  files: 'files',
  solution: 'solution',
  solution_configuration: 'solution',
  test_events: 'test events',
  hints: 'hints',
  checks: 'checks',
  environment: 'environment variables',
  expectations: 'expectations',
  handler: 'handler',
  memory_size: 'memory',
  timeout: 'timeout',
  ephemeral_storage: 'ephemeral storage',
  name: 'name',
  event: 'event',
  expected: 'expected response',
  start: 'start',
  hidden: 'hidden',
  kind: 'kind',
  value: 'value',
};

/** Of a part of these lists its noun; its words stand in place of the list's. */
const NOUNS: Record<string, string> = {
  exercises: 'exercise',
  test_events: 'test event',
  hints: 'hint',
  checks: 'check',
  expectations: 'expectation',
};

interface Part {
  id: number;
  title?: string;
  name?: string;
  path?: string;
  key?: string;
}

/** One step into what is typed; null where the service knows of something that is not there. */
function into(value: unknown, list: string, step: string): Found | null {
  if (!Array.isArray(value)) {
    const next = (value as Record<string, unknown> | null)?.[step];
    return { step, next, words: NAMES[step] ?? step };
  }
  const parts = value as Part[];
  const named = list === 'files' || list === 'solution' || list === 'environment';
  const index = named ? parts.findIndex(({ path, key }) => (path ?? key) === step) : Number(step);
  const part = parts[index];
  if (!part) return null;
  const called = part.title || part.name;
  const words = named ? step : `${NOUNS[list] ?? ''} ${index + 1}${called ? ` “${called}”` : ''}`;
  return { step: String(part.id), next: part, words };
}

/** The place to which a way leads, and the way in words. Where it leads to nothing, it ends before that. */
export function placeOf(form: PlanForm, way: readonly string[]): { place: Place; words: string } {
  let value: unknown = form;
  let list = '';
  const steps: string[] = [];
  const words: string[] = [];
  for (const step of way) {
    const found = into(value, list, step);
    if (!found) break;
    // “check 2” says as well that it is one of the checks.
    if (Array.isArray(value) && list in NOUNS) words.pop();
    steps.push(found.step);
    words.push(found.words);
    [value, list] = [found.next, step];
  }
  const said = words.join(', ');
  return { place: steps.join('/'), words: said.charAt(0).toUpperCase() + said.slice(1) };
}

export const below = (place: Place, ...steps: (string | number)[]): Place => [place, ...steps].join('/');

export const exercisePlace = ({ id }: ExerciseForm): Place => below('exercises', id);

/** The key of the exercise in which a place is; null for one of the workshop itself. */
export function exerciseIn(place: Place): number | null {
  const [first, key] = place.split('/');
  return first === 'exercises' && key !== undefined ? Number(key) : null;
}

/** The place and all that it is in, the innermost first. */
export function around(place: Place): Place[] {
  const steps = place.split('/');
  return steps.map((_, index) => steps.slice(0, steps.length - index).join('/'));
}

/** Parts that fold and are named otherwise than what is in them. */
const FOLDS: [RegExp, string][] = [
  [/^(exercises\/\d+)\/instructions$/, '$1/texts'],
  [/^(exercises\/\d+\/starter)\/(?!files)[^/]+/, '$1/configuration'],
  [/^(exercises\/\d+)\/solution_configuration/, '$1/solution'],
];

/** The parts to be unfolded for a place to be seen. */
export function foldsOf(place: Place): Place[] {
  const named = FOLDS.flatMap(([pattern, fold]) => {
    const found = pattern.exec(place);
    return found ? [fold.replace('$1', found[1]!)] : [];
  });
  return [...around(place), ...named];
}

export const isWithin = (place: Place, whole: Place): boolean =>
  place === whole || place.startsWith(`${whole}/`);
