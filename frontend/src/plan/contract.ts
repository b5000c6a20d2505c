/** What the plan editor and the service say to each other. Times are ISO 8601 in UTC. */

import type { FieldFault, Limits } from '../contract';
import type { StoredEvent } from '../snippet/contract';
import type { CheckResult } from '../workshop/contract';
import type { ExpectationKind } from './expectation_kinds';

/** What the template hands over with the page. */
export interface PlanBoot {
  workshop: string;
  title: string;
  is_published: boolean;
  limits: Limits;
}

export interface Configuration {
  handler: string;
  environment: Record<string, string>;
  /** MB. */
  memory_size: number;
  /** Seconds. */
  timeout: number;
  /** MB. */
  ephemeral_storage: number;
}

export interface PlannedExpectation {
  kind: ExpectationKind;
  value: unknown;
}

export interface PlannedCheck {
  id: string;
  title: string;
  /** JSON text. */
  event: string;
  /** null for a variable that is not set. */
  environment: Record<string, string | null>;
  start: Start;
  hidden: boolean;
  expectations: PlannedExpectation[];
}

export type Start = 'any' | 'cold' | 'warm';

export interface PlannedExercise {
  id: string;
  title: string;
  minutes: number;
  instructions: string;
  starter: Configuration & { files: Record<string, string> };
  solution: Record<string, string>;
  solution_configuration: Partial<Configuration>;
  test_events: StoredEvent[];
  hints: string[];
  checks: PlannedCheck[];
}

export interface Plan {
  title: string;
  description: string;
  exercises: PlannedExercise[];
}

export interface StoredPlan {
  revision: number;
  plan: Plan;
}

/** What came of a model solution at its checks. */
export interface Proof {
  id: string;
  /** Of the plan. */
  revision: number;
  state: 'running' | 'finished';
  time: string;
  passed: number;
  failed: number;
  error: string;
  results: CheckResult[];
}

export type { FieldFault };
