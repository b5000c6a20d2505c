/** Opens other work in the editor. What is there now is kept, unless it is an example as it came. */

import type { Draft } from '../draft';
import type { Workspace } from '../workspace.svelte';
import { EXAMPLES } from './all';
import { sameWork } from './example';
import { loadKept, saveKept, withoutWork, withWork } from './kept_work';

const LOST = 'This browser keeps nothing more. Replace your files, events and configuration for good?';

const isExample = (draft: Draft): boolean => EXAMPLES.some((example) => sameWork(example.draft, draft));

/** Keeps work that makes room for other work; an example as it came is there anyway. */
export const keep = ({ snippet: _, ...draft }: Draft): boolean =>
  isExample(draft) || saveKept(withWork(loadKept(), draft, Date.now()));

/** Answers whether it was opened: where the browser keeps nothing, somebody is asked first. */
export function openInstead(workspace: Workspace, draft: Draft): boolean {
  const current = workspace.draft();
  const others = withoutWork(loadKept(), draft);
  if (isExample(current)) {
    saveKept(others);
    workspace.previous = null;
  } else {
    if (!saveKept(withWork(others, current, Date.now())) && !confirm(LOST)) return false;
    workspace.previous = current;
  }
  workspace.open(draft);
  return true;
}
