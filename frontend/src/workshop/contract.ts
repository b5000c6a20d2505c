/** What page and service say to each other of a workshop. Times are ISO 8601 in UTC. */

import type { SnippetContent } from '../snippet/contract';

/** What the page of a participant is handed over. */
export interface WorkshopBoot {
  /** Of the personal link. */
  token: string;
  title: string;
  name: string;
}

export interface Said {
  id: number;
  text: string;
  time: string;
}

export interface Note extends Said {
  /** Empty for one that is about none. */
  exercise: string;
}

/** How far somebody is with an exercise. */
export interface Progress {
  /** Of the work; 0 before it was ever saved. */
  revision: number;
  is_begun: boolean;
  /** The attempt that runs. */
  running: string | null;
  is_done: boolean;
  /** Those that passed or failed. */
  attempts: number;
  /** Attempts that did neither: something came between. */
  interruptions: number;
  failed_in_a_row: number;
  /** What came of the last attempt that has ended. */
  last: LastAttempt | null;
}

/** Counts of checks. */
export interface LastAttempt {
  passed: number;
  failed: number;
  interrupted: number;
  /** Whether the attempt as a whole neither passed nor failed. */
  is_interrupted: boolean;
}

export interface ExerciseInShort extends Progress {
  id: string;
  title: string;
  minutes: number;
  checks: number;
}

export interface WorkshopState {
  type: 'state';
  title: string;
  plan_revision: number;
  is_locked: boolean;
  delete_at: string;
  hand_raised_at: string | null;
  exercises: ExerciseInShort[];
  announcements: Said[];
  notes: Note[];
  /** Title of the exercise whose last attempt one is asked to show to all. */
  asked_to_show: string | null;
  shown: { attempt: string; title: string; is_mine: boolean } | null;
}

/** Somebody's attempt that they let be shown to all. */
export interface Shown {
  attempt: string;
  title: string;
  files: Record<string, string>;
  passed: number;
  failed: number;
  /** Checks that neither passed nor failed. */
  interrupted: number;
  results: CheckResult[];
}

export interface StoredWork extends SnippetContent {
  files: Record<string, string>;
  revision: number;
  is_begun: boolean;
}

export interface ExpectationResult {
  words: string;
  difference: { message: string } | null;
}

export interface CheckResult {
  id: string;
  title: string;
  hidden: boolean;
  passed: boolean;
  /** Why nothing can be said, and what to do; empty when something can. */
  interrupted: string;
  expectations: ExpectationResult[];
}

export interface Attempt {
  id: string;
  state: 'running' | 'finished';
  time: string;
  passed: number;
  failed: number;
  /** Checks that neither passed nor failed. */
  interrupted: number;
  results: CheckResult[];
}

export interface Exercise {
  id: string;
  title: string;
  /** HTML that the service has made of Markdown, without anything that could run. */
  instructions: string;
  hints: string[];
  hints_in_all: number;
  checks: { id: string; title: string; hidden: boolean }[];
  work: StoredWork;
  /** The latest first. */
  attempts: Attempt[];
  copies: { id: number; time: string }[];
}
