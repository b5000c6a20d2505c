/** Values of a template before anything is deployed: what can be told of `!Ref`, `!Sub` and `!Join`. */

import type { Node } from 'yaml';
import { type Template, textOf } from './template';

/** A template can be written so that its values never end. */
const STEPS_MAX = 10_000;
const DEPTH_MAX = 20;

/** What the playground says of these too. */
const PSEUDO: Record<string, string> = {
  'AWS::Region': 'us-east-1',
  'AWS::AccountId': '000000000000',
  'AWS::Partition': 'aws',
  'AWS::URLSuffix': 'amazonaws.com',
};

const FUNCTIONS: Record<string, string> = { Ref: '!Ref', 'Fn::Sub': '!Sub', 'Fn::Join': '!Join' };

export class Values {
  #steps = 0;

  constructor(readonly template: Template) {}

  /** The text that a node stands for; null where only a deployment would tell. */
  of(node: Node | null, depth = 0): string | null {
    this.#steps += 1;
    if (node === null || depth > DEPTH_MAX || this.#steps > STEPS_MAX) return null;
    const [tag, content] = this.#called(node);
    if (tag === '!Ref') return this.#referred(textOf(content) ?? '', depth);
    if (tag === '!Sub') return this.#replaced(content, depth);
    if (tag === '!Join') return this.#joined(content, depth);
    return tag === null ? textOf(node) : null;
  }

  /** The function that a node calls, short or in full, and what it is given; none where it is a plain value. */
  #called(node: Node): [string | null, Node | null] {
    const { tag } = node as { tag?: string };
    if (tag?.startsWith('!') && !tag.startsWith('!!')) return [tag, node];
    const entries = this.template.entries(node);
    const [key, value] = entries.length === 1 ? entries[0]! : ['', null];
    if (key === 'Ref' || key.startsWith('Fn::')) return [FUNCTIONS[key] ?? key, value];
    return [null, node];
  }

  #referred(name: string, depth: number): string | null {
    if (Object.hasOwn(PSEUDO, name)) return PSEUDO[name]!;
    return this.of(this.template.at(['Parameters', name, 'Default']), depth + 1);
  }

  #replaced(content: Node | null, depth: number): string | null {
    const [text, own] = this.template.items(content) ?? [content, null];
    const written = textOf(text ?? null);
    if (written === null) return null;
    let whole = true;
    const replaced = written.replaceAll(/\$\{([^}]*)\}/g, (_, given: string) => {
      if (given.startsWith('!')) return `\${${given.slice(1)}}`;
      const name = given.trim();
      const value = this.of(this.template.at([name], own), depth + 1) ?? this.#referred(name, depth + 1);
      whole &&= value !== null;
      return value ?? '';
    });
    return whole ? replaced : null;
  }

  #joined(content: Node | null, depth: number): string | null {
    const [between, list] = this.template.items(content) ?? [];
    const parts = this.template.items(list)?.map((part) => this.of(part, depth + 1));
    const sign = textOf(between ?? null);
    return parts === undefined || sign === null || parts.includes(null) ? null : parts.join(sign);
  }
}
