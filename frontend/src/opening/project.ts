/** What somebody brought from elsewhere, as the service reads it: a project, or the files of one function. */

import { faultsOf, send, UNREACHABLE } from '../api';
import type { Draft } from '../draft';
import { EMPTY } from '../events/saved_events';
import type { SnippetContent } from '../snippet/contract';
import { draftOf } from '../snippet/content';

export interface FoundFunction {
  /** Its logical id; null where there is no template. */
  id: string | null;
  /** null where it cannot be opened. */
  draft: Draft | null;
  /** Why it cannot be, or what is otherwise than in the template, a sentence each. */
  notices: readonly string[];
}

export interface Project {
  /** Path of the template; null where there is none, and the files are those of a function. */
  template: string | null;
  functions: readonly FoundFunction[];
  /** What is said of the whole: why nothing can be opened, or what was left out, a sentence each. */
  notices: readonly string[];
}

interface Opening {
  template: string | null;
  functions: { logical_id: string | null; snippet: SnippetContent | null; notices: string[] }[];
  notices: string[];
}

/** The project in an archive. */
export async function projectIn(archive: Uint8Array): Promise<Project> {
  try {
    const response = await send('POST', '/api/openings', archive);
    if (response.ok) return projectOf((await response.json()) as Opening);
    const said = (await faultsOf(response)).map(({ message }) => message);
    return nothing(
      said.length > 0 ? said : [`The playground answered with HTTP ${response.status}. Try again.`],
    );
  } catch {
    return nothing([UNREACHABLE]);
  }
}

export const nothing = (notices: string[]): Project => ({ template: null, functions: [], notices });

const projectOf = ({ template, functions, notices }: Opening): Project => ({
  template,
  functions: functions.map(({ logical_id, snippet, notices }) => ({
    id: logical_id,
    draft: snippet && withEvent(draftOf(snippet)),
    notices,
  })),
  notices,
});

const withEvent = (draft: Draft): Draft => (draft.events.length > 0 ? draft : { ...draft, events: [EMPTY] });
