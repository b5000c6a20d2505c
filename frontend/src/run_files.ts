/** The code of a run, and how it comes back into the editor. */

import type { Asked } from './contract';
import type { Draft } from './draft';

/** The work with the run's files and handler in the place of its own; what is not text stays behind. */
export function broughtBack(draft: Draft, asked: Asked): Draft {
  const files = Object.entries(asked.files).flatMap(([path, text]) =>
    text === null ? [] : [{ path, text }],
  );
  const shown = draft.files[draft.open]?.path;
  const open = Math.max(
    0,
    files.findIndex(({ path }) => path === shown),
  );
  const tabs = draft.tabs.filter((tab) => files.some(({ path }) => path === tab));
  return {
    ...draft,
    files,
    open,
    tabs: tabs.length > 0 ? tabs : files.map(({ path }) => path),
    handler: asked.handler,
  };
}

/** Whether the editor holds just the files and the handler of the run. */
export function isInEditor(draft: Draft, asked: Asked): boolean {
  return (
    draft.handler === asked.handler &&
    draft.files.length === Object.keys(asked.files).length &&
    draft.files.every(({ path, text }) => asked.files[path] === text)
  );
}
