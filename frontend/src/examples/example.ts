/** An example: files, configuration and events that run at once. Kept as a folder each, beside this file. */

import type { Draft } from '../draft';
import type { TemplateUse } from '../events/saved_events';
import type { Outcome } from '../contract';

/** An event of an example, and what comes of it. */
export interface ExampleEvent {
  name: string;
  outcome: Outcome;
  shows: string;
  template?: TemplateUse;
}

/** What example.json says; what is left out has Lambda's default. */
export interface ExampleConfiguration {
  title: string;
  about: string;
  handler?: string;
  environment?: Record<string, string>;
  memory?: number;
  timeout?: number;
  events: ExampleEvent[];
}

export interface Example {
  id: string;
  title: string;
  about: string;
  events: ExampleEvent[];
  draft: Draft;
}

/** The examples in texts by their paths: ID/example.json, ID/code/PATH and ID/events/NAME.json. */
export function examplesOf(texts: Record<string, string>): Map<string, Example> {
  const paths = Object.keys(texts);
  const ids = paths.filter((path) => path.endsWith('/example.json')).map((path) => path.split('/').at(-2)!);
  return new Map(ids.map((id) => [id, exampleOf(id, texts)]));
}

function exampleOf(id: string, texts: Record<string, string>): Example {
  const below = (folder: string) =>
    Object.entries(texts).flatMap(([path, text]) => {
      const [, name] = path.split(`/${id}/${folder}/`);
      return name === undefined ? [] : [{ path: name, text }];
    });
  const told = JSON.parse(texts[`./${id}/example.json`]!) as ExampleConfiguration;
  const eventTexts = new Map(below('events').map(({ path, text }) => [path, text.trimEnd()]));
  const { title, about, events } = told;
  // The file that is named like the handler comes first, and is open.
  const files = below('code').sort((one, other) => Number(isEntry(other.path)) - Number(isEntry(one.path)));
  return {
    id,
    title,
    about,
    events,
    draft: {
      files,
      open: 0,
      tabs: files.map(({ path }) => path),
      handler: told.handler ?? 'index.handler',
      environment: Object.entries(told.environment ?? {}).map(([key, value]) => ({ key, value })),
      memory: String(told.memory ?? 128),
      timeout: String(told.timeout ?? 3),
      ephemeralStorage: '512',
      events: events.map(({ name, template }) => ({
        name,
        text: eventTexts.get(`${name}.json`)!,
        template: template ?? null,
      })),
      chosenEvent: 0,
    },
  };
}

const isEntry = (path: string): boolean => path.startsWith('index.');

/** Whether two drafts hold the same work, whatever of it is in view. */
export const sameWork = (one: Draft, other: Draft): boolean => workOf(one) === workOf(other);

function workOf(draft: Draft): string {
  const files = draft.files.toSorted((one, other) => (one.path < other.path ? -1 : 1));
  return JSON.stringify({ ...draft, files, open: 0, tabs: [], chosenEvent: 0 });
}
