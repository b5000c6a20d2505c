/** What page and service say to each other of links. Times are ISO 8601 in UTC. */

import type { TemplateUse } from '../events/saved_events';
import type { PastRun } from '../past_runs';

/** What a link shows to somebody else. */
export interface Shared {
  token: string;
  url: string;
  function_name: string;
  description: string;
  version: number;
  /** null for a file that is not text. */
  files: Record<string, string | null>;
  handler: string;
  memory_size: number;
  timeout: number;
  ephemeral_storage: number;
  /** null for a value that does not go along. */
  environment: Record<string, string | null>;
  test_events: { name: string; event: string; expected: string | null; template: TemplateUse | null }[];
  runs: PastRun[];
}

/** A link as its owner knows it. */
export interface Share {
  token: string;
  url: string;
  /** null for whichever is the newest. */
  version: number | null;
  public: boolean;
  expires_at: string | null;
  variables: string[];
  runs: string[];
  created_at: string;
  taken_back: boolean;
}

export interface ShareRequest {
  version: number | null;
  public: boolean;
  expires_in_days: number | null;
  variables: string[];
  runs: string[];
}
