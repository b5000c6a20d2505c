/** The one owner of the snippet that is edited: saved as it is typed, made a version of, and what others do to it. */

import type { FieldFault } from '../contract';
import type { Draft } from '../draft';
import { contentOf, draftOf, fingerprint } from './content';
import type { SnippetContent, StoredSnippet } from './contract';
import type { Page } from './page';
import { createSnippet, publish, readVersion, restoreVersion, saveSnippet, type Told } from './requests';
import {
  after,
  beginning,
  type DraftOrigin,
  type Happening,
  isBehind,
  type SaveState,
  saveWords,
  UNSAVED,
} from './save_state';

const SAVE_AFTER_MS = 2_000;
const RETRY_MS = 5_000;
/** Browsers let no more go on when a page is left. */
const LEAVING_BYTES_MAX = 60_000;
const BEFORE = ' before it can be saved.';
const NOT_TEXT =
  'This function has files that are not text, which are not shown. What you save here is a new snippet.';
const GONE = 'This snippet is no longer there. Your work is kept here: Save makes a new snippet of it.';

export class CurrentSnippet {
  state = $state.raw<SaveState>(UNSAVED);
  /** Id of the action whose dialog is wanted. */
  wanted = $state<string | null>(null);
  /** What was just done, in place of the state, until something changes. */
  said = $state<string | null>(null);
  #current = $state.raw<string | null>(null);
  readonly words = $derived(this.said ?? saveWords(this.state, this.#current));

  readonly #page: Page;
  #timer: ReturnType<typeof setTimeout> | undefined;
  #busy: Promise<boolean> = Promise.resolve(true);

  constructor(page: Page) {
    this.#page = page;
  }

  /** The draft to begin with. `lost` is given a draft that has to make room, and is to be kept elsewhere. */
  begin(stored: StoredSnippet | null, kept: Draft | null, lost: (draft: Draft) => void): Draft | null {
    if (!stored) {
      if (!kept?.snippet) return kept;
      if (kept.snippet.behind) lost(kept);
      return null;
    }
    // A file that is not text cannot be sent back, and would be lost with the first change.
    if (Object.values(stored.files).includes(null)) {
      this.#page.say(NOT_TEXT);
      if (kept && (!kept.snippet || kept.snippet.behind)) lost(kept);
      history.replaceState(null, '', '/');
      return draftOf(stored);
    }
    this.#happen({ type: 'stored', snippet: stored });
    const content = kept && contentOf(kept);
    const first = beginning(stored, kept?.snippet ?? null, typeof content === 'string' ? null : content);
    if (first === 'both') this.#happen({ type: 'changed', theirs: stored });
    if (kept && first !== 'theirs') return kept;
    if (kept && (!kept.snippet || (kept.snippet.id !== stored.id && kept.snippet.behind))) lost(kept);
    this.#current = this.state.latest;
    return draftOf(stored, kept?.snippet?.id === stored.id ? kept : undefined);
  }

  /** Goes on with what is not saved, and looks what the newest version holds; answers what ends it. */
  start(): () => void {
    this.changed();
    void this.#learnPublished();
    const retry = () => void (this.state.trouble === 'offline' && this.store());
    const leave = () => this.#leave();
    const back = () => location.reload();
    window.addEventListener('online', retry);
    window.addEventListener('pagehide', leave);
    window.addEventListener('popstate', back);
    return () => {
      clearTimeout(this.#timer);
      window.removeEventListener('online', retry);
      window.removeEventListener('pagehide', leave);
      window.removeEventListener('popstate', back);
    };
  }

  /** What the browser keeps with a draft, so that a reload knows whose it is. */
  origin(): DraftOrigin | undefined {
    const { id, revision, theirs } = this.state;
    if (id === null) return undefined;
    return { id, revision, behind: theirs !== null || isBehind(this.state, this.#current) };
  }

  /** Something was edited: $LATEST is saved when the typing rests. */
  changed(): void {
    if (this.state.id === null) return;
    const current = this.#fingerprint();
    if (current !== this.#current) this.said = null;
    this.#current = current;
    clearTimeout(this.#timer);
    if (isBehind(this.state, current)) this.#timer = setTimeout(() => void this.store(), SAVE_AFTER_MS);
  }

  /** Saves $LATEST; answers whether the service has all of it now. */
  async store(loudly = false): Promise<boolean> {
    const { id } = this.state;
    const content = contentOf(this.#page.draft());
    if (id === null || this.state.theirs) return false;
    if (typeof content === 'string') {
      this.#happen({ type: 'refused' });
      if (loudly) this.#page.say(`${content}${BEFORE}`);
      return false;
    }
    // One after the other: each is made on the revision of the one before.
    this.#busy = this.#busy.then(() => this.#put(id, content, loudly));
    return this.#busy;
  }

  async #put(id: string, content: SnippetContent, loudly: boolean, leaving = false): Promise<boolean> {
    if (this.state.id !== id || this.state.theirs) return false;
    if (fingerprint(content) === this.state.latest) return true;
    this.#happen({ type: 'sending' });
    return this.#took(id, await saveSnippet(id, content, this.state.revision, leaving), content, loudly);
  }

  #took(id: string, told: Told<StoredSnippet>, content: SnippetContent, loudly: boolean): boolean {
    // Somebody may have gone on to other work.
    if (this.state.id !== id) return false;
    if (
      told.kind === 'ok' ||
      (told.kind === 'changed' && fingerprint(told.current) === fingerprint(content))
    ) {
      this.#happen({ type: 'stored', snippet: told.kind === 'ok' ? told.value : told.current });
      this.changed();
      this.#page.keep();
      void this.#learnPublished();
      return true;
    }
    if (told.kind === 'changed') this.#happen({ type: 'changed', theirs: told.current });
    else this.#failed(told, loudly);
    this.#page.keep();
    return false;
  }

  #failed(told: Told<unknown>, loudly: boolean): void {
    if (told.kind === 'offline') {
      this.#happen({ type: 'offline' });
      clearTimeout(this.#timer);
      this.#timer = setTimeout(() => void this.store(), RETRY_MS);
    } else if (told.kind === 'refused' && told.status === 404) {
      this.detach();
      this.#page.say(GONE);
    } else if (told.kind === 'refused') {
      this.#happen({ type: 'refused' });
      if (loudly) this.#page.refuse(told.faults);
    }
  }

  /** Makes a version of what is in the editor. */
  async publish(note = ''): Promise<void> {
    if (!(await this.store(true))) return;
    const { id, version } = this.state;
    if (id === null) return;
    const content = contentOf(this.#page.draft());
    const told = await this.#publish(id, note, typeof content === 'string' ? null : content);
    if (told) {
      const none = !told.created && told.number === version;
      this.said = none ? `Nothing has changed since version ${told.number}` : null;
    }
  }

  async #publish(id: string, note: string, content: SnippetContent | null) {
    // What is typed from now on is none of the version.
    const latest = this.state.latest;
    const told = await publish(id, note);
    if (this.state.id !== id) return null;
    if (told.kind !== 'ok') {
      this.#failed(told, true);
      return null;
    }
    if (content && fingerprint(content) === latest) {
      this.#happen({ type: 'published', number: told.value.number, content });
    } else {
      this.state = { ...this.state, version: told.value.number, published: null };
      void this.#learnPublished();
    }
    return told.value;
  }

  /** The first save. Answers the faults of what was sent, or none. */
  async create(name: string, note: string): Promise<FieldFault[]> {
    const content = contentOf(this.#page.draft());
    if (typeof content === 'string') return [{ field: [], message: content + BEFORE }];
    this.#happen({ type: 'sending' });
    const told = await createSnippet(content, name, this.#page.shared());
    if (told.kind !== 'ok') {
      this.#happen({ type: told.kind === 'offline' ? 'offline' : 'refused' });
      if (told.kind === 'refused') return told.faults;
      const message = 'The playground cannot be reached. Your work is kept in this browser; try again.';
      return [{ field: [], message }];
    }
    this.#happen({ type: 'stored', snippet: told.value });
    this.#page.own();
    history.pushState(null, '', `/snippets/${told.value.id}`);
    await this.#publish(told.value.id, note, content);
    this.changed();
    this.#page.keep();
    return [];
  }

  /** The content of a version in the editor's place. What no version holds becomes one first. */
  async restore(number: number): Promise<boolean> {
    if (!(await this.store(true))) return false;
    const { id } = this.state;
    if (id === null) return false;
    const content = contentOf(this.#page.draft());
    const whole = typeof content === 'string' ? null : content;
    if (!(await this.#publish(id, `Before version ${number} was restored`, whole))) return false;
    const told = await restoreVersion(id, number, this.state.revision);
    if (this.state.id !== id) return false;
    if (told.kind === 'ok') this.#show(told.value);
    else if (told.kind === 'changed') this.#happen({ type: 'changed', theirs: told.current });
    else this.#failed(told, true);
    return told.kind === 'ok';
  }

  /** Mine in the place of theirs, which stays as a version. */
  async keepMine(): Promise<void> {
    const { id, theirs } = this.state;
    const content = contentOf(this.#page.draft());
    if (id === null || !theirs) return;
    if (typeof content === 'string') return this.#page.say(content + BEFORE);
    const told = await publish(id, 'Before it was replaced from another tab');
    if (this.state.id !== id) return;
    if (told.kind !== 'ok') return this.#failed(told, true);
    this.state = { ...this.state, theirs: null, revision: theirs.revision_id, version: told.value.number };
    this.#happen({ type: 'sending' });
    this.#took(id, await saveSnippet(id, content, theirs.revision_id), content, true);
  }

  /** Theirs in the place of mine, which the browser keeps among "Your code". */
  takeTheirs(keep: (draft: Draft) => void): void {
    const { theirs } = this.state;
    if (!theirs) return;
    keep(this.#page.draft());
    this.#show(theirs);
  }

  /** From now on this is work that is not saved. */
  detach(): void {
    if (this.state.id === null) return;
    clearTimeout(this.#timer);
    this.state = UNSAVED;
    this.said = null;
    history.pushState(null, '', '/');
  }

  #show(snippet: StoredSnippet): void {
    this.#page.take(draftOf(snippet, this.#page.draft()));
    this.#happen({ type: 'stored', snippet });
    this.changed();
    this.#page.keep();
    void this.#learnPublished();
  }

  async #learnPublished(): Promise<void> {
    const { id, version, published } = this.state;
    if (id === null || version === 0 || published !== null) return;
    const told = await readVersion(id, version);
    if (told.kind !== 'ok' || this.state.id !== id || this.state.version !== version) return;
    this.state = { ...this.state, published: fingerprint(told.value) };
  }

  #leave(): void {
    const { id } = this.state;
    this.changed();
    const content = contentOf(this.#page.draft());
    if (id === null || typeof content === 'string' || this.state.saving) return;
    if (JSON.stringify(content).length < LEAVING_BYTES_MAX) void this.#put(id, content, false, true);
  }

  #fingerprint(): string | null {
    const content = contentOf(this.#page.draft());
    return typeof content === 'string' ? null : fingerprint(content);
  }

  #happen(happening: Happening): void {
    this.state = after(this.state, happening);
  }
}
