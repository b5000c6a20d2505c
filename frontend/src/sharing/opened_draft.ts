/** What a link or a recorded run holds, as work of one's own. */

import type { StoredInvocation } from '../contract';
import type { Draft } from '../draft';
import { editableFiles, eventsOf, figuresOf } from '../snippet/content';
import type { Shared } from './contract';

type Configured = Pick<
  StoredInvocation | Shared,
  'files' | 'handler' | 'memory_size' | 'timeout' | 'ephemeral_storage' | 'environment'
>;

function draftOf(content: Configured, events: Draft['events']): Draft {
  const files = editableFiles(content.files);
  const module = content.handler.slice(0, Math.max(0, content.handler.lastIndexOf('.')));
  const open = Math.max(
    0,
    files.findIndex(({ path }) => path.replace(/\.[^./]+$/, '') === module),
  );
  return {
    files,
    open,
    tabs: files.map(({ path }) => path),
    handler: content.handler,
    environment: Object.entries(content.environment).map(([key, value]) => ({ key, value: value ?? '' })),
    ...figuresOf(content),
    events: events.length > 0 ? events : [{ name: 'event', text: '{}', template: null }],
    chosenEvent: 0,
  };
}

export const draftOfShared = (shared: Shared): Draft => draftOf(shared, eventsOf(shared.test_events));

export const draftOfRun = (run: StoredInvocation): Draft =>
  draftOf(run, [{ name: 'event', text: run.event, template: null }]);

/** Names of the variables whose values stayed with their owner. */
export const withoutValue = (shared: Shared): string[] =>
  Object.entries(shared.environment).flatMap(([name, value]) => (value === null ? [name] : []));
