/** Every example, in the order in which they are offered. Loaded when somebody asks for them. */

import { examplesOf } from './example';

const texts = import.meta.glob<string>(['./*/example.json', './*/code/**', './*/events/**'], {
  query: '?raw',
  import: 'default',
  eager: true,
});

const ORDER = [
  'hello',
  'order-receipt',
  'callback',
  'environment-variables',
  'cold-start',
  'top-level-await',
  'typescript',
  'http-result',
  'api-router',
  'streaming',
  'sqs-batch',
  'error-handling',
  'timeout',
  'memory',
  'worker-threads',
];

const all = examplesOf(texts);

export const EXAMPLES = ORDER.map((id) => all.get(id)!);
