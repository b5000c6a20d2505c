/** The files of the function that is edited: which there are, which are open in tabs, and which one is shown. */

import { freePath, type SourceFile } from './paths';
import { isWithin, renamed } from './tree';

export interface StoredFiles {
  files: { path: string; text: string }[];
  /** Index of the file that is shown. */
  open: number;
  /** Paths of the files that are open in tabs, in their order. */
  tabs: string[];
}

export class SourceFiles {
  list = $state<SourceFile[]>([]);
  /** Ids of the files that are open in tabs, in their order. */
  tabs = $state<number[]>([]);
  openId = $state(0);
  /** What is being named: a new file where `from` is null, else the file or folder of that path. */
  naming = $state<{ from: string | null; path: string } | null>(null);

  readonly open = $derived(this.list.find((file) => file.id === this.openId) ?? this.list[0]!);
  readonly paths = $derived(this.list.map((file) => file.path));
  #nextId = 1;

  /** `changed` hears of every change that can make what was said of the files untrue. */
  constructor(readonly changed: (path?: string) => void) {}

  at(path: string): SourceFile | undefined {
    return this.list.find((file) => file.path === path);
  }

  show(id: number): void {
    if (!this.tabs.includes(id)) this.tabs.push(id);
    this.openId = id;
  }

  /** The last tab stays. */
  closeTab(id: number): void {
    const index = this.tabs.indexOf(id);
    if (index < 0 || this.tabs.length === 1) return;
    this.tabs.splice(index, 1);
    if (this.openId === id) this.openId = this.tabs[Math.max(0, index - 1)]!;
  }

  /** Adds files, or puts them in the place of those with their names, and shows the first. */
  add(files: readonly { path: string; text: string }[]): void {
    for (const { path, text } of files) {
      const known = this.list.findIndex((file) => file.path === path);
      // A new id, as the editor holds the old text with its history under the old one.
      const file = { id: this.#nextId++, path, text };
      if (known < 0) this.list.push(file);
      else {
        const before = this.list[known]!.id;
        this.list[known] = file;
        this.tabs = this.tabs.map((id) => (id === before ? file.id : id));
        if (this.openId === before) this.openId = file.id;
      }
    }
    const first = files[0] && this.at(files[0].path);
    if (first) this.show(first.id);
    this.changed();
  }

  /** Gives a file, or a folder with all that lies in it, another path. */
  rename(from: string, to: string): void {
    const paths = renamed(this.paths, from, to);
    this.list.forEach((file, index) => (file.path = paths[index]!));
    this.changed();
  }

  /** Removes a file, or a folder with all that lies in it; a function has one file at least. */
  remove(path: string): void {
    const kept = this.list.filter((file) => !isWithin(file.path, path));
    if (kept.length === 0 || kept.length === this.list.length) return;
    const index = this.tabs.indexOf(this.openId);
    this.list = kept;
    this.tabs = this.tabs.filter((id) => kept.some((file) => file.id === id));
    if (this.tabs.length === 0) this.tabs = [kept[0]!.id];
    if (!kept.some((file) => file.id === this.openId)) {
      this.openId = this.tabs[Math.min(Math.max(0, index - 1), this.tabs.length - 1)]!;
    }
    this.changed();
  }

  setText(id: number, text: string): void {
    const file = this.list.find((one) => one.id === id);
    if (!file || file.text === text) return;
    file.text = text;
    this.changed(file.path);
  }

  suggestPath(folder = ''): string {
    return freePath(this.paths, folder);
  }

  stored(): StoredFiles {
    return {
      files: this.list.map(({ path, text }) => ({ path, text })),
      open: this.list.indexOf(this.open),
      tabs: this.tabs.flatMap((id) => this.list.find((file) => file.id === id)?.path ?? []),
    };
  }

  take({ files, open, tabs }: StoredFiles): void {
    this.list = files.map((file) => ({ ...file, id: this.#nextId++ }));
    this.tabs = tabs.flatMap((path) => this.at(path)?.id ?? []);
    this.naming = null;
    this.show(this.list[open]!.id);
  }
}
