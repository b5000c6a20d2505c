/** What the page asks of the language service in its worker. Offsets count UTF-16 units from 0. */

export interface SourceText {
  path: string;
  text: string;
}

export interface Completion {
  name: string;
  /** TypeScript's own word for it: method, property, const, … */
  kind: string;
  sortText: string;
  insertText: string | null;
}

export interface Completions {
  /** Where the completed word begins. */
  from: number;
  options: Completion[];
}

/** A declaration in code, and what its author says of it. */
export interface Description {
  from: number;
  to: number;
  signature: string;
  documentation: string;
}

/** The call that is being typed. */
export interface CallHelp {
  /** Where its arguments begin. */
  from: number;
  signature: string;
  /** The part of the signature that stands for the argument at hand; null beyond the last parameter. */
  active: { from: number; to: number } | null;
  documentation: string;
  /** Which of how many signatures this is, from 1. */
  overload: number;
  overloads: number;
}

export interface Problem {
  from: number;
  to: number;
  severity: 'error' | 'warning';
  message: string;
  code: number;
}

export interface Place {
  path: string;
  offset: number;
}

/** Each question with its further arguments after the path, and its answer. */
export interface Questions {
  completions: [[offset: number, explicit: boolean], Completions | null];
  describeCompletion: [[offset: number, name: string], Description | null];
  describe: [[offset: number], Description | null];
  parameters: [[offset: number], CallHelp | null];
  problems: [[], Problem[]];
  definition: [[offset: number], Place | null];
}
export type Question = keyof Questions;
export type Argument<Q extends Question> = Questions[Q][0];
export type Answer<Q extends Question> = Questions[Q][1];

/** `changed` and `gone` bring the service's files up to date before it answers. */
export interface Request {
  id: number;
  changed: SourceText[];
  gone: string[];
  question: Question;
  path: string;
  further: unknown[];
}

export type Reply = { id: number; answer: unknown } | { id: number; failure: string } | { ready: true };
