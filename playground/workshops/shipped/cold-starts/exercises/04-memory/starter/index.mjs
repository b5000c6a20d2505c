import { parts } from './parts.mjs';

export const handler = async ({ parts: count }) => {
  const all = [...parts(count)];
  const bytes = all.reduce((sum, part) => sum + part.length, 0);

  return { parts: count, bytes };
};
