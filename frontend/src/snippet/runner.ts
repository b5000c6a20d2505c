/** Runs test events one after the other through the service. */

import { cancelInvocation, createInvocation, readInvocation } from '../api';
import type { InvocationRequest, Outcome, StoredInvocation } from '../contract';
import { type Answered, type EventResult, judged, waiting, withResult } from './run_all';

export interface EventToRun {
  name: string;
  expected?: string;
  request: InvocationRequest;
}

interface Asked extends StoredInvocation, Answered {
  state: 'queued' | 'running' | 'finished';
  outcome: Outcome | null;
}

const ASK_EVERY_MS = 250;
const LOST = 'The playground cannot be reached';

export class Runner {
  #cancelled = false;
  #running: string | null = null;

  /** `tell` is given what is known after each step. */
  constructor(private readonly tell: (results: EventResult[]) => void) {}

  async run(events: readonly EventToRun[]): Promise<void> {
    let results = waiting(events.map(({ name }) => name));
    const change = (index: number, changed: Partial<EventResult>) => {
      results = withResult(results, index, changed);
      this.tell(results);
    };
    this.tell(results);
    for (const [index, { request, expected }] of events.entries()) {
      if (this.#cancelled) {
        change(index, { state: 'cancelled', words: 'Not run' });
        continue;
      }
      change(index, { state: 'running', words: 'Running' });
      const answer = await createInvocation(request);
      if (answer.kind !== 'accepted') {
        const said =
          answer.kind === 'failed' ? answer.message : answer.faults.map(({ message }) => message).join(' ');
        change(index, { state: 'failed', words: 'Not started', differences: [said] });
        continue;
      }
      const { id } = answer.invocation;
      change(index, { run: id });
      this.#running = id;
      if (this.#cancelled) await cancelInvocation(id);
      const end = await this.#end(id);
      change(index, end ? judged(expected, end) : { state: 'failed', words: LOST });
      this.#running = null;
    }
  }

  /** Ends the one that runs, and begins no other. */
  async cancel(): Promise<void> {
    this.#cancelled = true;
    if (this.#running) await cancelInvocation(this.#running);
  }

  /** What came of a run; null when it cannot be asked for any more. */
  async #end(id: string): Promise<Asked | null> {
    for (let failures = 0; failures < 20;) {
      const asked = (await readInvocation(id).catch(() => null)) as Asked | null;
      if (asked?.state === 'finished') return asked;
      failures = asked ? 0 : failures + 1;
      await new Promise((resume) => setTimeout(resume, ASK_EVERY_MS));
    }
    return null;
  }
}
