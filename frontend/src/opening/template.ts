/** A template of CloudFormation or SAM as it was written: its nodes, and the line that each is at. */

import {
  type Alias,
  type Document,
  isAlias,
  isMap,
  isScalar,
  isSeq,
  LineCounter,
  type Node,
  parseDocument,
  type Scalar,
  type YAMLSeq,
} from 'yaml';

/** A template that cannot be read; the message names its line. */
export class UnreadableTemplate extends Error {}

export class Template {
  readonly #lines = new LineCounter();
  readonly #document: Document;

  /** Throws UnreadableTemplate. */
  constructor(
    readonly path: string,
    text: string,
  ) {
    // Tags such as !Ref are none of YAML's own: they stay at their nodes, and warnings about them are nobody's.
    this.#document = parseDocument(text, { lineCounter: this.#lines, logLevel: 'error' });
    const [error] = this.#document.errors;
    if (error) {
      const { line } = this.#lines.linePos(error.pos[0]);
      throw new UnreadableTemplate(
        `${path}, line ${line}: it is no YAML that can be read. ${sentence(error.message)}`,
      );
    }
  }

  /** What the keys lead to from the top, or from a node; null where there is nothing. */
  at(keys: readonly string[], from: unknown = this.#document.contents): Node | null {
    let node = this.#followed(from);
    for (const key of keys) {
      const found = isMap(node) ? node.items.find((pair) => keyOf(pair.key) === key)?.value : null;
      node = this.#followed(found);
    }
    return node;
  }

  /** The entries of a mapping in their order; none of anything else. */
  entries(node: unknown): [string, Node | null][] {
    const map = this.#followed(node);
    return isMap(map) ? map.items.map(({ key, value }) => [keyOf(key), this.#followed(value)]) : [];
  }

  /** The items of a list; null where it is none. */
  items(node: unknown): (Node | null)[] | null {
    const list = this.#followed(node);
    return isSeq(list) ? (list as YAMLSeq).items.map((item) => this.#followed(item)) : null;
  }

  /** Such as `template.yaml, line 12`. */
  place(node: Node | null): string {
    const offset = node?.range?.[0];
    return offset === undefined ? this.path : `${this.path}, line ${this.#lines.linePos(offset).line}`;
  }

  #followed(node: unknown): Node | null {
    const target = isAlias(node) ? (node as Alias).resolve(this.#document) : node;
    return (target as Node | null | undefined) ?? null;
  }
}

/** The text of a scalar as it was written: 007 stays 007. */
export function textOf(node: Node | null): string | null {
  if (!isScalar(node)) return null;
  const { value, source } = node as Scalar;
  if (value === null) return '';
  return typeof value === 'string' ? value : (source ?? String(value));
}

const keyOf = (key: unknown): string => (isScalar(key) ? String((key as Scalar).value) : String(key));

/** The first line of what the parser says; below it, it draws. */
const sentence = (message: string): string => `${message.split('\n')[0]!.replace(/ at line \d+.*$/, '')}.`;
