/** Trying model solutions: what came of each, by the key of its exercise. */

import { SvelteMap, SvelteSet } from 'svelte/reactivity';
import type { Proof } from './contract';
import type { ExerciseForm } from './form';
import type { PlanEditor } from './plan_editor.svelte';
import type { Told } from './requests';

const LOOK_EACH_MS = 500;
const CHANGED = 'The plan was changed meanwhile. Try the solution again.';

export class Proofs {
  readonly last = new SvelteMap<number, Proof>();
  readonly running = new SvelteSet<number>();
  readonly troubles = new SvelteMap<number, string>();

  constructor(private readonly editor: PlanEditor) {}

  /** Saves, and runs the solution against its checks. */
  async begin(exercise: ExerciseForm): Promise<void> {
    const key = exercise.id;
    if (this.running.has(key)) return;
    this.running.add(key);
    this.troubles.delete(key);
    if (await this.#isSaved()) await this.#run(key, exercise.name);
    this.running.delete(key);
  }

  async #isSaved(): Promise<boolean> {
    return !this.editor.isDirty || (await this.editor.save());
  }

  async #run(key: number, name: string): Promise<void> {
    const { revision } = this.editor;
    let told = await this.editor.requests.prove(name);
    while (told.kind === 'ok' && told.value.revision === revision) {
      this.last.set(key, told.value);
      if (told.value.state === 'finished') return;
      await new Promise((resume) => setTimeout(resume, LOOK_EACH_MS));
      told = await this.editor.requests.proof(name);
    }
    this.last.delete(key);
    if (told.kind === 'ok' || this.editor.revision !== revision) this.troubles.set(key, CHANGED);
    else this.#tell(key, told);
  }

  #tell(key: number, told: Told<Proof>): void {
    if (told.kind === 'refused') {
      this.editor.refuse('The solution cannot be run', [], told.faults);
      this.troubles.set(key, 'The solution cannot be run: the faults are told above.');
    }
    if (told.kind === 'failed') this.troubles.set(key, told.message);
  }
}
