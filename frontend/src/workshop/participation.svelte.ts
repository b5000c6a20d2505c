/** The one owner of a participant's progress: the exercise that is open, saved as it is typed, and its checks. */

import { openInstead } from '../examples/opening';
import { contentOf, draftOf, fingerprint } from '../snippet/content';
import type { SnippetContent } from '../snippet/contract';
import { EMPTY } from '../events/saved_events';
import type { Workspace } from '../workspace.svelte';
import type { Exercise, ExerciseInShort, Shown, StoredWork, WorkshopBoot, WorkshopState } from './contract';
import { LiveSocket } from './live_socket';
import { keepOpened, opened } from './opened';
import { AWAY, Requests, type Told } from './requests';

/** While somebody types what they have typed is sent each so often: whoever leads may follow. */
const SAVE_EACH_MS = 700;
const RETRY_MS = 3_000;
const GONE = 'You are no longer in this workshop. What is in the editor stays in this browser.';

export type SaveWords = 'Saved' | 'Saving…' | 'Not saved' | 'Changed in another tab';

export class Participation {
  state = $state.raw<WorkshopState | null>(null);
  exercise = $state.raw<Exercise | null>(null);
  connected = $state(true);
  /** What went wrong, as a sentence. */
  trouble = $state<string | null>(null);
  saved = $state<SaveWords>('Saved');
  /** The work as another tab has saved it, until somebody says which of both goes on. */
  theirs = $state.raw<StoredWork | null>(null);
  isGone = $state(false);
  isChecking = $state(false);

  readonly #requests: Requests;
  #socket: LiveSocket<WorkshopState> | null = null;
  #revision = 0;
  /** Of what the service has. */
  #stored: string | null = null;
  #timer: ReturnType<typeof setTimeout> | undefined;
  #saving: Promise<boolean> | null = null;
  #planRevision = 0;

  constructor(
    private readonly workspace: Workspace,
    readonly boot: WorkshopBoot,
  ) {
    this.#requests = new Requests(boot.token);
  }

  start(): () => void {
    this.#socket = new LiveSocket<WorkshopState>(`/ws/participants/${this.boot.token}`, {
      onMessage: (state) => this.#told(state),
      onConnection: (connected) => (this.connected = connected),
      onGone: () => {
        this.isGone = true;
        this.trouble = GONE;
      },
    });
    const leave = () => void this.#save(true);
    window.addEventListener('pagehide', leave);
    return () => {
      window.removeEventListener('pagehide', leave);
      clearTimeout(this.#timer);
      this.#socket?.stop();
    };
  }

  /** Whether an attempt at the open exercise is under way. */
  get isRunning(): boolean {
    return this.isChecking || this.#short()?.running != null;
  }

  /** Something in the editor is other than before. */
  changed(): void {
    if (this.exercise === null || this.theirs || this.isGone) return;
    const content = contentOf(this.workspace.draft());
    if (typeof content === 'string') {
      this.saved = 'Not saved';
    } else if (fingerprint(content) === this.#stored) {
      if (!this.#saving) this.saved = 'Saved';
    } else {
      if (this.saved === 'Saved') this.saved = 'Saving…';
      this.#timer ??= setTimeout(() => void this.#save(), SAVE_EACH_MS);
    }
  }

  async show(id: string): Promise<void> {
    if (this.exercise?.id === id) return;
    if (this.exercise && !(await this.#save())) return;
    const told = await this.#requests.exercise(id);
    if (told.kind === 'ok') this.#open(told.value);
    else this.#failed(told);
  }

  async check(): Promise<void> {
    const id = this.exercise?.id;
    if (!id || this.isRunning) return;
    this.trouble = null;
    this.isChecking = true;
    if (await this.#save()) {
      const told = await this.#requests.attempt(id);
      if (told.kind === 'ok') await this.#readAgain();
      else this.#failed(told);
    }
    this.isChecking = false;
  }

  async hint(): Promise<void> {
    if (this.exercise) this.#take(await this.#requests.hint(this.exercise.id), false);
  }

  async starter(): Promise<void> {
    if (this.exercise && (await this.#save())) {
      this.#take(await this.#requests.starter(this.exercise.id), true);
    }
  }

  async restore(copy: number): Promise<void> {
    if (this.exercise && (await this.#save())) {
      this.#take(await this.#requests.restore(this.exercise.id, copy), true);
    }
  }

  async raiseHand(raised: boolean): Promise<void> {
    const told = await this.#requests.hand(raised);
    if (told.kind === 'ok') this.state = told.value;
    else this.#failed(told);
  }

  async answerShowing(agrees: boolean): Promise<void> {
    const told = await this.#requests.answerShowing(agrees);
    if (told.kind === 'ok') this.state = told.value;
    else this.#failed(told);
  }

  /** What is shown to all; null where nothing is, or it cannot be read. */
  async shown(): Promise<Shown | null> {
    const told = await this.#requests.shown();
    return told.kind === 'ok' ? told.value : null;
  }

  /** Goes on with the work of the other tab. */
  takeTheirs(): void {
    if (!this.exercise || !this.theirs) return;
    const exercise = { ...this.exercise, work: this.theirs };
    this.theirs = null;
    this.#open(exercise);
  }

  /** Goes on with what is here. */
  keepMine(): void {
    if (!this.theirs) return;
    this.#revision = this.theirs.revision;
    this.theirs = null;
    this.changed();
  }

  #told(state: WorkshopState): void {
    const before = this.state;
    this.state = state;
    if (this.#planRevision === 0) this.#planRevision = state.plan_revision;
    if (this.exercise === null) return void this.#first(state);
    const changed =
      state.plan_revision !== this.#planRevision ||
      endedOf(before?.exercises.find(({ id }) => id === this.exercise?.id)) !== endedOf(this.#short());
    this.#planRevision = state.plan_revision;
    if (changed) void this.#readAgain();
  }

  async #first(state: WorkshopState): Promise<void> {
    const kept = opened(this.boot.token);
    const open = state.exercises.find(({ id }) => id === kept?.exercise);
    const wanted = open ?? state.exercises.find(({ is_done }) => !is_done) ?? state.exercises[0];
    if (!wanted) return;
    const told = await this.#requests.exercise(wanted.id);
    if (this.exercise) return;
    if (told.kind !== 'ok') return this.#failed(told);
    const isHere = kept?.exercise === wanted.id && kept.revision === told.value.work.revision;
    if (kept && isHere) {
      // What was typed since the last save is in this tab's own draft.
      this.exercise = told.value;
      this.#revision = kept.revision;
      this.#stored = stored(told.value.work);
      this.changed();
    } else this.#open(told.value, kept === null);
  }

  async #readAgain(): Promise<void> {
    if (this.exercise) this.#take(await this.#requests.exercise(this.exercise.id), false);
  }

  #take(told: Told<Exercise>, replaces: boolean): void {
    if (told.kind !== 'ok') return this.#failed(told);
    if (told.value.id !== this.exercise?.id) return;
    const { work } = told.value;
    // A starter that was changed comes into the editor where nobody has begun.
    const untouched = !work.is_begun && this.#isStored() && stored(work) !== this.#stored;
    if (replaces || untouched) this.#open(told.value);
    else this.exercise = told.value;
  }

  /** `keeps`: what is in the editor is other work, which is kept. */
  #open(exercise: Exercise, keeps = false): void {
    const draft = draftOf(withEvent(exercise.work));
    if (keeps && !openInstead(this.workspace, draft)) return;
    if (!keeps) this.workspace.open(draft);
    this.exercise = exercise;
    this.trouble = null;
    this.#holds(exercise.work.revision, stored(exercise.work));
    this.saved = 'Saved';
  }

  #holds(revision: number, content: string): void {
    this.#revision = revision;
    this.#stored = content;
    if (this.exercise) keepOpened({ token: this.boot.token, exercise: this.exercise.id, revision });
  }

  #isStored(): boolean {
    const content = contentOf(this.workspace.draft());
    return typeof content !== 'string' && fingerprint(content) === this.#stored;
  }

  #short() {
    return this.state?.exercises.find(({ id }) => id === this.exercise?.id);
  }

  /** Whether the service has what is in the editor. */
  async #save(leaving = false): Promise<boolean> {
    clearTimeout(this.#timer);
    this.#timer = undefined;
    // One after the other: each is made on the revision of the one before.
    await this.#saving;
    if (this.#isStored()) return true;
    const content = contentOf(this.workspace.draft());
    if (!this.exercise || this.theirs || this.isGone) return false;
    if (typeof content === 'string') {
      this.trouble = `${content} before it can be saved.`;
      return false;
    }
    this.#saving = this.#put(this.exercise.id, content, leaving);
    const done = await this.#saving;
    this.#saving = null;
    return done;
  }

  async #put(id: string, content: SnippetContent, leaving: boolean): Promise<boolean> {
    const told = await this.#requests.save(id, content, this.#revision, leaving);
    if (told.kind === 'ok') {
      this.#holds(told.value.revision, fingerprint(content));
      this.trouble = null;
      this.saved = 'Saved';
      this.changed();
      return true;
    }
    this.saved = 'Not saved';
    if (told.kind === 'changed' && stored(told.current) === fingerprint(content)) {
      this.#holds(told.current.revision, fingerprint(content));
      this.saved = 'Saved';
      return true;
    }
    if (told.kind === 'changed') {
      this.theirs = told.current;
      this.saved = 'Changed in another tab';
    } else this.#failed(told);
    if (told.kind === 'offline') this.#timer = setTimeout(() => void this.#save(), RETRY_MS);
    return false;
  }

  #failed(told: Exclude<Told<unknown>, { kind: 'ok' }>): void {
    if (told.kind === 'refused') this.trouble = told.message;
    if (told.kind === 'offline') this.trouble = AWAY;
  }
}

/** The editor always has an event, and an exercise may have none. */
const withEvent = (work: StoredWork): StoredWork =>
  work.test_events.length > 0
    ? work
    : { ...work, test_events: [{ name: EMPTY.name, event: EMPTY.text, expected: null, template: null }] };

const endedOf = (one: ExerciseInShort | undefined): number => (one ? one.attempts + one.interruptions : 0);

const stored = (work: StoredWork): string => fingerprint(work);
