/** What page and service say to each other of snippets. Times are ISO 8601 in UTC. */

import type { TemplateUse } from '../events/saved_events';

export interface StoredEvent {
  name: string;
  /** JSON text, as it was typed. */
  event: string;
  expected?: string | null;
  template?: TemplateUse | null;
}

/** A function as the service keeps it: what a snippet is now, or one of its versions. */
export interface SnippetContent {
  /** null for a file that is not text. */
  files: Record<string, string | null>;
  handler: string;
  /** MB. */
  memory_size: number;
  /** Seconds. */
  timeout: number;
  /** MB. */
  ephemeral_storage: number;
  environment: Record<string, string>;
  test_events: StoredEvent[];
}

export interface StoredSnippet extends SnippetContent {
  id: string;
  function_name: string;
  /** Number of the newest version; 0 before the first. */
  last_version: number;
  revision_id: string;
  forked_from: ForkOrigin | null;
}

/** What a snippet was made from; `token` is that of the link, which may open no more. */
export interface ForkOrigin {
  function_name: string;
  version: number;
  token: string;
}

export interface VersionInShort {
  number: number;
  description: string;
  created_at: string;
}

export type StoredVersion = VersionInShort & SnippetContent;
