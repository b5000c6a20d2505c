/** The functions of a template as work to edit, or why one cannot be. */

import type { Node } from 'yaml';
import type { Draft } from '../draft';
import { EMPTY, freeName, NAME_LENGTH_MAX } from '../events/saved_events';
import { draftOf } from '../snippet/content';
import type { TextFile } from '../files/received';
import { type Template, textOf } from './template';
import { Values } from './values';

export interface FoundFunction {
  /** Its logical id. */
  id: string;
  /** null where it cannot be opened. */
  draft: Draft | null;
  /** Why it cannot be, or what is otherwise than in the template, a sentence each. */
  notices: string[];
}

const TYPES = ['AWS::Serverless::Function', 'AWS::Lambda::Function'];
/** What is of the project, not of its code. */
const PROJECT_FILES = /^(?:template\.(?:ya?ml|json)|samconfig\.(?:toml|ya?ml)|events\/|\.aws-sam\/)/;
const RUNTIME = 'nodejs22.x';
/** What an export adds to the variables of compiled code. */
const SOURCE_MAPS = { key: 'NODE_OPTIONS', value: '--enable-source-maps' };

/** Every function of the template, in its order. `files` are those of the project, by their paths from the template. */
export function functionsOf(template: Template, files: readonly TextFile[]): FoundFunction[] {
  return template.entries(template.at(['Resources'])).flatMap(([id, resource]) => {
    const type = textOf(template.at(['Type'], resource));
    return TYPES.includes(type ?? '') ? [new Reader(template, files, resource, type!).read(id)] : [];
  });
}

class Reader {
  readonly #values: Values;
  readonly #notices: string[] = [];

  constructor(
    readonly template: Template,
    readonly files: readonly TextFile[],
    readonly resource: Node | null,
    readonly type: string,
  ) {
    this.#values = new Values(template);
  }

  read(id: string): FoundFunction {
    const fault = this.#runtimeFault();
    const files = fault ?? this.#code();
    if (typeof files === 'string') return { id, draft: null, notices: [files] };
    if (this.#property('Layers')) this.#notices.push('Its layers are not brought along.');
    const draft = draftOf({
      files: Object.fromEntries(files.map(({ path, text }) => [path, text])),
      handler: this.#text('Handler', 'index.handler'),
      memory_size: this.#number(['MemorySize'], 128),
      timeout: this.#number(['Timeout'], 3),
      ephemeral_storage: this.#number(['EphemeralStorage', 'Size'], 512),
      environment: this.#environment(),
      test_events: eventsOf(this.files),
    });
    const events = draft.events.length > 0 ? draft.events : [EMPTY];
    return { id, draft: { ...draft, events }, notices: this.#notices };
  }

  /** Of the function itself, or of all in Globals. */
  #property(...keys: string[]): Node | null {
    const own = this.template.at(['Properties', ...keys], this.resource);
    return own ?? (this.type === TYPES[0] ? this.template.at(['Globals', 'Function', ...keys]) : null);
  }

  #runtimeFault(): string | null {
    const node = this.#property('Runtime');
    const runtime = this.#values.of(node);
    if (textOf(this.#property('PackageType')) === 'Image') {
      return `${this.template.place(this.#property('PackageType'))}: it is a container image, and has no files.`;
    }
    if (runtime !== null && !runtime.startsWith('nodejs')) {
      return `${this.template.place(node)}: its runtime is ${runtime}, and only Node.js runs here.`;
    }
    if (runtime !== null && runtime !== RUNTIME) {
      this.#notices.push(`Its runtime is ${runtime}; here it runs with ${RUNTIME}.`);
    }
    return null;
  }

  #text(key: string, otherwise: string): string {
    const node = this.#property(key);
    const value = this.#values.of(node);
    if (node && value === null)
      this.#notices.push(
        `${this.template.place(node)}: ${key} is known only when it is deployed; it is ${otherwise} here.`,
      );
    return value ?? otherwise;
  }

  #number(keys: string[], otherwise: number): number {
    const node = this.#property(...keys);
    const value = this.#values.of(node);
    if (value !== null && /^\d{1,9}$/.test(value.trim())) return Number(value);
    if (node)
      this.#notices.push(
        `${this.template.place(node)}: ${keys[0]} is no number that can be told; it is ${otherwise} here.`,
      );
    return otherwise;
  }

  #environment(): Record<string, string> {
    const keys = ['Environment', 'Variables'];
    const globals = this.type === TYPES[0] ? this.template.at(['Globals', 'Function', ...keys]) : null;
    const own = this.template.at(['Properties', ...keys], this.resource);
    const entries = new Map([...this.template.entries(globals), ...this.template.entries(own)]);
    if (this.#sources() !== null && textOf(entries.get(SOURCE_MAPS.key) ?? null) === SOURCE_MAPS.value) {
      entries.delete(SOURCE_MAPS.key);
    }
    const read = [...entries].map(([key, node]) => {
      const value = this.#values.of(node);
      if (value === null) {
        this.#notices.push(
          `${this.template.place(node)}: the value of ${key} is known only when it is deployed; it is empty here.`,
        );
      }
      return [key, value ?? ''] as const;
    });
    return Object.fromEntries(read);
  }

  /** The folder of the sources that an export of the playground names. */
  #sources(): string | null {
    return textOf(this.template.at(['Metadata', 'Sources'], this.resource));
  }

  /** The files of the function, or why there are none. */
  #code(): readonly TextFile[] | string {
    const inline = this.#property('InlineCode') ?? this.#property('Code', 'ZipFile');
    if (inline) {
      const text = this.#values.of(inline);
      return text === null
        ? `${this.template.place(inline)}: its code is known only when it is deployed.`
        : [{ path: 'index.js', text }];
    }
    const sources = this.#sources();
    const node = this.#property('CodeUri') ?? this.#property('Code');
    const uri = sources ?? this.#values.of(node);
    const place = this.template.place(node);
    if (uri === null) return `${place}: its code is not in this project.`;
    if (/^[a-z0-9]+:\/\//i.test(uri)) return `${place}: its code is at ${uri}, not in this project.`;
    if (/\.(?:zip|jar)$/i.test(uri)) return `${place}: its code is the archive ${uri}; unpack it first.`;
    const folder = normal(uri);
    if (folder === null) return `${place}: ${uri} is outside of the project.`;
    const files = this.files
      .filter(({ path }) => (folder === '' ? !PROJECT_FILES.test(path) : path.startsWith(folder)))
      .map(({ path, text }) => ({ path: path.slice(folder.length), text }));
    return files.length > 0 ? files : `${place}: there is no file in ${uri}.`;
  }
}

/** A folder by its path from the template, with a slash at its end; '' is the template's own, null none of these. */
function normal(uri: string): string | null {
  const parts: string[] = [];
  for (const part of uri.replaceAll('\\', '/').split('/')) {
    if (part === '' || part === '.') continue;
    if (part !== '..') parts.push(part);
    else if (parts.pop() === undefined) return null;
  }
  return parts.map((part) => `${part}/`).join('');
}

function eventsOf(files: readonly TextFile[]): { name: string; event: string }[] {
  const names: string[] = [];
  return files.flatMap(({ path, text }) => {
    const stem = /^events\/([^/]+)\.json$/.exec(path)?.[1];
    if (stem === undefined) return [];
    const plain = stem.replace(/[^A-Za-z0-9._-]+/g, '-').slice(0, NAME_LENGTH_MAX);
    names.push(freeName(plain, names));
    return [{ name: names.at(-1)!, event: text.trimEnd() }];
  });
}
