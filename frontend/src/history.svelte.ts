/** The last runs of this browser's owner, from before this page and of it. */

import { readLast } from './api';
import { pastRun, type PastRun, withRuns } from './past_runs';
import type { Run } from './run';

export class RunHistory {
  /** The latest last. */
  runs = $state.raw<readonly PastRun[]>([]);

  /** Asks for the runs of before. Without an answer the chart begins with this page's own. */
  async load(): Promise<void> {
    const listed = await readLast().catch(() => []);
    this.runs = withRuns(listed, this.runs);
  }

  add(run: Run): void {
    const listed = pastRun(run);
    if (listed) this.runs = withRuns(this.runs, [listed]);
  }

  forget(id: string): void {
    this.runs = this.runs.filter((run) => run.id !== id);
  }
}
