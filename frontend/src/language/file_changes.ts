/** What somebody who was told the files before has to be told now. */

import type { SourceText } from './protocol';

export interface FileChanges {
  changed: SourceText[];
  gone: string[];
}

/** The changes from the files `told` (text by path) to those of now. */
export function fileChanges(told: ReadonlyMap<string, string>, now: readonly SourceText[]): FileChanges {
  const paths = new Set(now.map(({ path }) => path));
  return {
    changed: now.filter(({ path, text }) => told.get(path) !== text),
    gone: [...told.keys()].filter((path) => !paths.has(path)),
  };
}
