/** What the wall is told. Times are ISO 8601 in UTC. */

import type { PastRun } from '../past_runs';
import type { Attempt, Progress, Said } from '../workshop/contract';

export interface Column {
  id: string;
  title: string;
  checks: number;
  is_open: boolean;
}

export interface WallWorkshop {
  title: string;
  /** Empty while nobody can join. */
  code: string;
  is_locked: boolean;
  runs_per_minute: number | null;
  exercises: Column[];
  announcements: Said[];
  showing: WallShowing | null;
}

/** An attempt that is shown to all, once its maker has agreed. */
export interface WallShowing {
  attempt: string;
  name: string;
  title: string;
  /** Null until they have answered. */
  agreed: boolean | null;
}

export interface Cell extends Progress {
  /** The first error of the function in the last attempt, in one line. */
  error: string;
  saved_at: string | null;
}

export interface Row {
  id: string;
  name: string;
  is_here: boolean;
  /** The exercise that is open; empty before any is. */
  exercise: string;
  active_at: string;
  hand_raised_at: string | null;
  cells: Record<string, Cell>;
}

export interface Figures {
  minutes: number;
  runs: number;
  median_ms: number | null;
  errors: { text: string; count: number }[];
}

export interface WallMessage {
  type: 'wall';
  time: string;
  workshop: WallWorkshop;
  participants: Row[];
  figures: Figures;
}

export interface ChangeMessage {
  type: 'change';
  time: string;
  /** Null where it is as before. */
  workshop: WallWorkshop | null;
  participants: Row[];
  /** Ids of those who are no longer in. */
  removed: string[];
  figures: Figures;
}

/** Somebody's code and runs in an exercise. */
export interface Look {
  participant: string;
  exercise: string;
  revision: number;
  is_begun: boolean;
  files: Record<string, string>;
  handler: string;
  attempts: (Attempt & { error: string })[];
  runs: PastRun[];
}
