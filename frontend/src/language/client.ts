/** The page's side of the language service: its worker is started late, and asked one question at a time of each kind. */

import { fileChanges } from './file_changes';
import type { Answer, Argument, Question, Reply, Request, SourceText } from './protocol';

export type LanguageState = 'off' | 'loading' | 'ready' | 'failed';

interface Waiting {
  resolve(answer: unknown): void;
}

export class LanguageClient {
  #worker: Worker | null = null;
  #told = new Map<string, string>();
  #waiting = new Map<number, Waiting>();
  #nextId = 1;

  /** `files` gives the files as they are now; `onState` hears how far the worker is. */
  constructor(
    readonly files: () => readonly SourceText[],
    readonly onState: (state: LanguageState) => void,
  ) {}

  /** Starts the worker; a second call does nothing. */
  start(): void {
    if (this.#worker) return;
    this.onState('loading');
    this.#worker = new Worker(new URL('./worker.ts', import.meta.url), { type: 'module' });
    this.#worker.onmessage = ({ data }: MessageEvent<Reply>) => this.#take(data);
    this.#worker.onerror = () => this.#fail();
  }

  stop(): void {
    this.#worker?.terminate();
    this.#worker = null;
    this.#told = new Map();
    this.#answerAll();
  }

  /** The answer; null where there is none, as the service is not there or failed at the question. */
  async ask<Q extends Question>(
    question: Q,
    path: string,
    ...further: Argument<Q>
  ): Promise<Answer<Q> | null> {
    const worker = this.#worker;
    if (!worker) return null;
    const id = this.#nextId++;
    const now = this.files();
    const changes = fileChanges(this.#told, now);
    this.#told = new Map(now.map(({ path: one, text }) => [one, text]));
    const answer = new Promise<unknown>((resolve) => this.#waiting.set(id, { resolve }));
    worker.postMessage({ id, ...changes, question, path, further } satisfies Request);
    return (await answer) as Answer<Q> | null;
  }

  #take(reply: Reply): void {
    if ('ready' in reply) return this.onState('ready');
    const waiting = this.#waiting.get(reply.id);
    this.#waiting.delete(reply.id);
    waiting?.resolve('answer' in reply ? reply.answer : null);
  }

  #fail(): void {
    this.stop();
    this.onState('failed');
  }

  #answerAll(): void {
    for (const { resolve } of this.#waiting.values()) resolve(null);
    this.#waiting.clear();
  }
}
