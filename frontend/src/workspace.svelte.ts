/** The one owner of what is edited and of the invocation that is shown. Parts draw it and call its methods. */

import type { Boot, FieldFault, InvocationRequest, Limits } from './contract';
import type { Draft } from './draft';
import { claimPlace, DraftStore } from './draft_store';
import { merged, type VariableRow } from './environment/variables';
import { EventOutcomes } from './events/event_outcomes.svelte';
import { TestEvents } from './events/test_events.svelte';
import { FIRST } from './examples/first';
import { Faults, hasPlace } from './faults.svelte';
import type { SourceFile } from './files/paths';
import type { ReceivedFile } from './files/received';
import { SourceFiles } from './files/source_files.svelte';
import { type Health, UNKNOWN, watchHealth } from './health';
import { CurrentInvocation } from './invocation.svelte';
import { Language } from './language.svelte';
import { contentOf } from './snippet/content';
import { CurrentSnippet } from './snippet/snippet.svelte';
import { faultyPlace, type TracePart } from './trace';
import type { WorkshopBoot } from './workshop/contract';

const SAVE_AFTER_MS = 300;
const STARTING = 'Nothing was started: correct what is marked, then test again.';
const SAVING = 'It was not saved: correct what is marked, then save again.';

function keepSoon(draft: Draft): void {
  void import('./examples/opening').then(({ keep }) => keep(draft));
}

export class Workspace {
  readonly sources = new SourceFiles((path) =>
    this.faults.clear('files', ...(path === undefined ? [] : [path])),
  );
  handler = $state('');
  environment = $state<VariableRow[]>([]);
  memory = $state('');
  timeout = $state('');
  ephemeralStorage = $state('');
  readonly events = new TestEvents(() => this.faults.clear('event'));

  readonly faults = new Faults();
  /** The work that was in the editor before what is there now was opened in its place. */
  previous = $state.raw<Draft | null>(null);
  /** Files of a project that somebody dropped onto the page, until they are opened. */
  brought: readonly ReceivedFile[] = [];
  /** What has no field to stand at. */
  message = $state<string | null>(null);

  /** A place in the code that someone asked to see; line and column count from 1. */
  revealed = $state.raw<{ path: string; line: number; column: number } | null>(null);

  /** What came last of each test event. */
  readonly outcomes = new EventOutcomes();
  readonly invocation = new CurrentInvocation(
    (message) => (this.message = message),
    (outcome) => this.outcomes.ended(outcome),
  );
  health = $state.raw<Health>(UNKNOWN);

  readonly language = new Language(() => this.files.map(({ path, text }) => ({ path, text })));
  /** Rises each time that somebody asks for the open file to be formatted. */
  formatting = $state(0);

  /** The snippet that all this is saved as. */
  readonly snippet = new CurrentSnippet({
    draft: () => this.draft(),
    take: (draft) => this.#show(draft),
    shared: () => this.shared,
    own: () => (this.shared = null),
    keep: () => this.#save(),
    refuse: (faults) => this.#refused(faults, SAVING),
    say: (message) => (this.message = message),
  });
  readonly limits: Limits;
  /** Token of the link that the work was opened by, until it is saved as one's own. */
  shared = $state<string | null>(null);
  /** The participant of a workshop whose page it is: what is edited is kept there, and is no snippet. */
  readonly workshop: WorkshopBoot | null;
  /** Whether this tab began with a copy of what another open tab holds. */
  copied = $state(false);

  /** Where this browser keeps the work of its tabs. */
  readonly drafts = DraftStore.ofThisTab();

  readonly #bootSandbox: Boot['sandbox'];
  #nextId = 1;
  #unsaved = false;
  #saveTimer: ReturnType<typeof setTimeout> | undefined;

  constructor(boot: Boot) {
    this.limits = boot.limits;
    this.shared = boot.shared ?? null;
    this.workshop = boot.workshop ?? null;
    this.#bootSandbox = boot.sandbox;
    const lost = (draft: Draft) => {
      if (this.drafts.begunWith === null) keepSoon(draft);
      this.previous = boot.stored ? null : draft;
    };
    this.#take(this.snippet.begin(boot.stored, this.drafts.load(), lost) ?? FIRST.draft);
  }

  /** Begins what goes on beside editing; answers what ends it. */
  start(): () => void {
    this.invocation.resume();
    const stopSnippet = this.snippet.start();
    const stopLanguage = this.language.startSoon();
    const stopHealth = watchHealth((health) => (this.health = health));
    const save = () => this.#save();
    void claimPlace(this.drafts).then((place) => (this.copied = place === 'copy'));
    window.addEventListener('pagehide', save);
    return () => {
      stopSnippet();
      stopHealth();
      stopLanguage();
      window.removeEventListener('pagehide', save);
      clearTimeout(this.#saveTimer);
      this.invocation.stop();
    };
  }

  /** What runs the functions: as the service says now, or said when the page was made. */
  get sandbox(): Boot['sandbox'] {
    return this.health.sandbox ?? this.#bootSandbox;
  }

  /** Says that a part which comes late did not. */
  notLoaded(what = 'This'): void {
    this.message = `${what} could not be loaded. Your work is kept; try again.`;
  }

  // --- files ---

  get files(): SourceFile[] {
    return this.sources.list;
  }

  get openFile(): SourceFile {
    return this.sources.open;
  }

  reveal(path: string, line: number, column: number): void {
    const file = this.sources.at(path);
    if (!file) return;
    this.sources.show(file.id);
    this.revealed = { path, line, column };
  }

  revealOffset(path: string, offset: number): void {
    const before = this.files
      .find((one) => one.path === path)
      ?.text.slice(0, offset)
      .split('\n') ?? [''];
    this.reveal(path, before.length, before.at(-1)!.length + 1);
  }

  // --- environment variables ---

  addVariable(): void {
    this.environment.push({ id: this.#nextId++, key: '', value: '' });
  }

  removeVariable(row: VariableRow): void {
    this.environment = this.environment.filter((one) => one.id !== row.id);
    this.faults.clear('environment', row.key);
  }

  editVariable(row: VariableRow, change: { key?: string; value?: string }): void {
    this.faults.clear('environment', row.key);
    Object.assign(row, change);
  }

  /** Variables of a .env file among those that are there. */
  importVariables(variables: readonly { key: string; value: string }[]): void {
    this.environment = merged(this.environment, variables, () => this.#nextId++);
    this.faults.clear('environment');
  }

  // --- the invocation ---

  /** Tests the code as it is now with the event of the run that is shown. */
  async testAgain(): Promise<void> {
    const { asked } = this.invocation.shown;
    if (asked) await this.test(false, asked.event);
  }

  /** Where the run that is shown failed; null once that file is no longer what was run. */
  get faultyPlace(): TracePart['place'] {
    const { result, asked } = this.invocation.shown;
    if (!result?.error || !asked) return null;
    const place = faultyPlace(
      result.error.trace,
      this.files.map((file) => file.path),
    );
    if (!place || this.files.find((file) => file.path === place.path)?.text !== asked.files[place.path])
      return null;
    return place;
  }

  /** Runs the handler as it is typed; `startCold` in a new execution environment, even where a warm one waits. */
  async test(startCold = false, event = this.events.text): Promise<void> {
    if (this.invocation.active) return;
    const request = this.request(event, startCold);
    this.message = typeof request === 'string' ? request : null;
    if (typeof request === 'string') return;
    this.faults.list = [];
    this.outcomes.begun(this.events.idOf(event));
    const answer = await this.invocation.start(request);
    if (answer.kind !== 'accepted') this.outcomes.refused();
    if (answer.kind === 'refused') this.#refused(answer.faults, STARTING);
    if (answer.kind === 'failed') this.message = answer.message;
  }

  /** What a test of the code as it is now sends, or what keeps it from being sent: only what JSON cannot say. */
  request(event: string, startCold = false): InvocationRequest | string {
    const content = contentOf(this.draft());
    if (typeof content === 'string') return `${content} before the test can start.`;
    const { test_events: _, ...asked } = content;
    const { id } = this.snippet.state;
    return {
      ...(asked as Omit<InvocationRequest, 'event'>),
      event,
      ...(startCold && { start_cold: true as const }),
      ...(id !== null && { snippet: id }),
    };
  }

  #refused(faults: FieldFault[], advice: string): void {
    this.faults.list = faults;
    const homeless = faults.filter((fault) => !hasPlace(fault, this.files, this.environment));
    const sentences = homeless.map((fault) => fault.message);
    if (homeless.length < faults.length) {
      sentences.push(advice);
    }
    this.message = sentences.join(' ');
  }

  // --- the draft ---

  draft(): Draft {
    return {
      ...this.sources.stored(),
      handler: this.handler,
      environment: this.environment.map(({ key, value }) => ({ key, value })),
      memory: this.memory,
      timeout: this.timeout,
      ephemeralStorage: this.ephemeralStorage,
      ...this.events.stored(),
    };
  }

  saveSoon(): void {
    clearTimeout(this.#saveTimer);
    this.#saveTimer = setTimeout(() => this.#save(), SAVE_AFTER_MS);
  }

  /** Other work in the place of all that is there. */
  open(draft: Draft): void {
    void this.snippet.store();
    this.snippet.detach();
    this.#show(draft);
  }

  #show(draft: Draft): void {
    this.#take(draft);
    this.faults.list = [];
    this.message = null;
  }

  #save(): void {
    this.snippet.changed();
    const snippet = this.snippet.origin();
    const draft = { ...this.draft(), ...(snippet && { snippet }) };
    if (JSON.stringify(draft) === JSON.stringify(FIRST.draft)) this.drafts.forget();
    else if (!this.drafts.save(draft) && !this.#unsaved) {
      this.#unsaved = true;
      this.message = 'This browser has no room to keep these files: they are lost when the page is left.';
    }
  }

  #take(draft: Draft): void {
    this.sources.take(draft);
    this.handler = draft.handler;
    this.environment = draft.environment.map((row) => ({ ...row, id: this.#nextId++ }));
    this.memory = draft.memory;
    this.timeout = draft.timeout;
    this.ephemeralStorage = draft.ephemeralStorage;
    this.events.take(draft.events, draft.chosenEvent);
  }
}
