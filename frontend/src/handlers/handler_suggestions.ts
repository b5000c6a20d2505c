/** Which handlers the files offer. */

import { type Exports, exportsOf } from './exported_functions';
import { allNames } from './passed_on';

/** Files that Lambda loads a handler from, and TypeScript, which is compiled to one. */
const MODULE = /^(?!.*\.d\.[cm]?ts$)(.+)\.(?:[cm]?js|[cm]?ts)$/;
/** A file beyond this is a bundle, and takes long to read. */
const LENGTH_MAX = 500_000;

interface Read {
  text: string;
  exports: Exports;
}

/** Remembers what it has read, so that only a file that changed is read again. */
export class HandlerFinder {
  #read = new Map<string, Read>();

  /** Every `file.export` that may be a handler; those named handler first, then in the order of the files. */
  find(files: readonly { path: string; text: string }[]): string[] {
    const read = new Map<string, Read>();
    for (const { path, text } of files) {
      if (!MODULE.test(path) || path.includes('node_modules/') || text.length > LENGTH_MAX) continue;
      const known = this.#read.get(path);
      read.set(path, known?.text === text ? known : { text, exports: exportsOf(path, text) });
    }
    this.#read = read;
    const modules = new Map([...read].map(([path, { exports }]) => [path, exports]));
    const found = [...modules.keys()].flatMap((path) =>
      allNames(path, modules).map((name) => `${MODULE.exec(path)![1]}.${name}`),
    );
    const first = (handler: string) => (handler.endsWith('.handler') ? 0 : 1);
    return [...new Set(found)].sort((one, other) => first(one) - first(other));
  }
}
