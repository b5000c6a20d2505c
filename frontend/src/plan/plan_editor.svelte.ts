/** The owner of what is edited: the plan as it is typed, what is saved of it, and where one is looking. */

import { tick } from 'svelte';
import { SvelteMap } from 'svelte/reactivity';
import { ofBrowser, ofTab } from '../browser_storage';
import type { FieldFault, Limits } from '../contract';
import type { PlanBoot, StoredPlan } from './contract';
import { documentOf, formOf } from './document';
import { Drafts } from './drafts';
import { PlanFaults } from './faults.svelte';
import { copied, type ExerciseForm, type Keyed, newExercise, type PlanForm } from './form';
import { freeId, isMade, moved } from './ids';
import { around, below, exerciseIn, exercisePlace, foldsOf, type Place } from './places';
import { PlanRequests } from './requests';

const KEEP_AFTER_MS = 300;

/** What was deleted last, and how it comes back. */
interface Removed {
  words: string;
  restore(): void;
}

export class PlanEditor {
  readonly faults = new PlanFaults();
  readonly requests: PlanRequests;
  readonly drafts: Drafts;
  readonly limits: Limits;
  readonly boot: PlanBoot;

  /** Null until it is read. */
  form = $state<PlanForm | null>(null);
  revision = $state(0);
  isSaving = $state(false);
  /** What went wrong, as a sentence. */
  trouble = $state<string | null>(null);
  /** What is to be known and is no trouble. */
  notice = $state<string | null>(null);
  /** What another tab has saved meanwhile. */
  conflict = $state.raw<StoredPlan | null>(null);
  removed = $state.raw<Removed | null>(null);
  /** What another tab has left. */
  other = $state.raw<ReturnType<Drafts['other']>>(null);
  /** The key of the exercise that is shown; null for the workshop itself. */
  shown = $state<number | null>(null);
  /** Parts that were folded or unfolded, and which file of some files is open. */
  readonly unfolded = new SvelteMap<Place, boolean>();
  readonly openFiles = new SvelteMap<Place, number>();

  /** What is typed and what is saved, as texts. */
  readonly text = $derived(JSON.stringify(this.form));
  saved = $state('null');
  readonly isDirty = $derived(this.form !== null && this.text !== this.saved);
  #stored = $state.raw<StoredPlan | null>(null);
  #keeping: ReturnType<typeof setTimeout> | undefined;

  constructor(boot: PlanBoot) {
    this.boot = boot;
    this.limits = boot.limits;
    this.requests = new PlanRequests(boot.workshop);
    this.drafts = new Drafts(boot.workshop, ofBrowser(), ofTab());
  }

  async open(): Promise<void> {
    const told = await this.requests.read();
    if (told.kind !== 'ok') {
      this.trouble = told.kind === 'failed' ? told.message : 'The plan cannot be read. Reload the page.';
      return;
    }
    this.#take(told.value);
    const draft = this.drafts.own();
    if (draft && this.#restore(draft.form, draft.revision)) {
      this.notice = 'Your unsaved work is back.';
    }
    this.other = this.drafts.other();
  }

  /** Takes up what another tab has left. */
  takeUp(): void {
    const { other } = this;
    if (!other) return;
    const undo = this.#undone('What the other tab has left is here.', this.revision);
    if (this.#restore(other.draft.form, other.draft.revision)) {
      this.removed = undo;
      this.keep();
    }
    this.drafts.drop(other.key);
    this.other = null;
  }

  /** How what is typed now comes back, as a change of so which revision. */
  #undone(words: string, revision: number): Removed {
    const mine = $state.snapshot(this.form!);
    return { words, restore: () => ([this.form, this.revision] = [mine, revision]) };
  }

  #take(stored: StoredPlan): void {
    this.#stored = stored;
    this.revision = stored.revision;
    this.form = formOf(stored.plan);
    this.saved = JSON.stringify(this.form);
    this.faults.list = [];
    this.conflict = null;
    // What was deleted belongs to lists that are no longer there.
    this.removed = null;
    if (!this.exercise) this.shown = null;
  }

  /** False where it says nothing else than what is saved. */
  #restore(form: PlanForm, revision: number): boolean {
    if (JSON.stringify(documentOf(form)) === JSON.stringify(documentOf(this.form!))) return false;
    this.form = form;
    this.revision = revision;
    return true;
  }

  get exercise(): ExerciseForm | null {
    return this.form?.exercises.find(({ id }) => id === this.shown) ?? null;
  }

  /** Whether participants may know the exercise by its id already. */
  isStored(name: string): boolean {
    return this.#stored?.plan.exercises.some(({ id }) => id === name) ?? false;
  }

  /** Something has been typed: keep it before long. */
  keepSoon(): void {
    clearTimeout(this.#keeping);
    this.#keeping = setTimeout(() => this.keep(), KEEP_AFTER_MS);
  }

  keep(): void {
    clearTimeout(this.#keeping);
    if (!this.form) return;
    if (!this.isDirty) return this.drafts.drop();
    const draft = { revision: this.revision, time: Date.now(), form: $state.snapshot(this.form) };
    if (!this.drafts.keep(draft)) {
      this.trouble = 'This browser has no room to keep unsaved work of this size: save before you leave.';
    }
  }

  /** Saves; true where the plan is now stored as it is typed. */
  async save(): Promise<boolean> {
    if (!this.form || this.isSaving || this.conflict) return false;
    // Another revision would ask for all solutions again.
    if (!this.isDirty) return true;
    const { text } = this;
    const { plan, faults } = documentOf(this.form);
    this.isSaving = true;
    this.trouble = this.notice = null;
    const told = await this.requests.save(this.revision, plan);
    this.isSaving = false;
    if (told.kind === 'ok') {
      this.#stored = told.value;
      this.revision = told.value.revision;
      this.saved = text;
      this.faults.list = [];
      this.keep();
      return true;
    }
    if (told.kind === 'refused') this.refuse('Not saved', faults, told.faults);
    if (told.kind === 'changed') this.conflict = told.current;
    if (told.kind !== 'failed') await toTop();
    if (told.kind === 'failed') this.trouble = `${told.message} Your work is kept in this browser.`;
    return false;
  }

  /** Shows faults at their places, in parts that were folded as well. */
  refuse(what: string, own: readonly FieldFault[], told: readonly FieldFault[]): void {
    this.faults.set(what, this.form!, own, told);
    for (const { place } of this.faults.list) {
      for (const fold of foldsOf(place)) this.unfolded.set(fold, true);
    }
  }

  /** The other version in place of one's own, which can be brought back. */
  loadOther(): void {
    const { conflict } = this;
    if (!conflict) return;
    const undo = this.#undone('The other version is loaded in place of yours.', conflict.revision);
    this.#take(conflict);
    this.removed = undo;
    this.keep();
  }

  /** One's own over the other version, once that was seen. */
  async overwrite(): Promise<void> {
    if (!this.conflict) return;
    this.revision = this.conflict.revision;
    this.conflict = null;
    await this.save();
  }

  /** The plan as it is saved. What was typed can be brought back. */
  discard(): void {
    if (!this.#stored) return;
    const undo = this.#undone('Your changes are discarded.', this.revision);
    this.#take(this.#stored);
    this.notice = null;
    this.removed = undo;
  }

  addExercise(): void {
    const names = this.form!.exercises.map(({ name }) => name);
    this.form!.exercises.push(newExercise(freeId('', 'exercise', names)));
    const added = this.form!.exercises.at(-1)!;
    void this.go(below(exercisePlace(added), 'title'));
  }

  duplicateExercise(exercise: ExerciseForm): void {
    const { exercises } = this.form!;
    const copy = copied($state.snapshot(exercise) as ExerciseForm);
    copy.title = `${copy.title} (copy)`;
    copy.name = freeId(
      copy.title,
      'exercise',
      exercises.map(({ name }) => name),
    );
    exercises.splice(exercises.indexOf(exercise) + 1, 0, copy);
    void this.go(below(exercisePlace(copy), 'title'));
  }

  /** A title, and the id that follows from it unless somebody has typed one, or participants know it. */
  retitle(exercise: ExerciseForm, title: string): void {
    const others = this.form!.exercises.filter((one) => one !== exercise).map(({ name }) => name);
    if (isMade(exercise.name, exercise.title, 'exercise') && !this.isStored(exercise.name)) {
      exercise.name = freeId(title, 'exercise', others);
      this.faults.clear(below(exercisePlace(exercise), 'id'));
    }
    exercise.title = title;
  }

  /** Takes a part out of its list; `words` name it. It can be brought back. */
  remove<T extends Keyed>(list: T[], part: T, place: Place, words: string): void {
    const index = list.findIndex(({ id }) => id === part.id);
    const gone = $state.snapshot(part) as T;
    list.splice(index, 1);
    this.faults.clear(below(place, part.id), true);
    this.faults.clear(place);
    this.removed = { words: `${words} is deleted.`, restore: () => list.splice(index, 0, gone) };
  }

  undo(): void {
    this.removed?.restore();
    this.removed = null;
  }

  /** Moves a part within its list. */
  move<T extends Keyed>(list: T[], part: T, by: number): void {
    const from = list.findIndex(({ id }) => id === part.id);
    list.splice(0, list.length, ...moved(list, from, by));
  }

  /** Shows a place, unfolds whatever it is in, and puts the focus there. */
  async go(place: Place): Promise<void> {
    this.shown = exerciseIn(place);
    for (const fold of foldsOf(place)) this.unfolded.set(fold, true);
    const [list, key] = [
      place.slice(0, place.lastIndexOf('/')),
      Number(place.slice(place.lastIndexOf('/') + 1)),
    ];
    if (/\/(files|solution)$/.test(list) && Number.isFinite(key)) this.openFiles.set(list, key);
    await tick();
    for (const whole of around(place)) {
      const found = document.querySelector<HTMLElement>(`[data-place="${whole}"]`);
      if (!found) continue;
      const field = found.matches(FIELDS) ? found : found.querySelector<HTMLElement>(FIELDS);
      (field ?? found).focus();
      found.scrollIntoView({ block: 'center' });
      return;
    }
  }
}

/** What was refused is told at the top, which may be far from where somebody was typing. */
async function toTop(): Promise<void> {
  await tick();
  document.querySelector<HTMLElement>('main > [role=alert][tabindex]')?.focus();
}

const FIELDS = 'input:not([type=range]), textarea, select, [contenteditable], summary, button';
