/** The example that the page opens with: the one that is part of the first load. */

import { examplesOf } from './example';

const texts = import.meta.glob<string>('./order-receipt/**', {
  query: '?raw',
  import: 'default',
  eager: true,
});

export const FIRST = examplesOf(texts).get('order-receipt')!;
