/** Names of other places, made of ours: file names, logical ids, stack names. */

import type { TextFile } from './exported_function';

const STACK_NAME_LENGTH_MAX = 128;
/** What Windows keeps for its devices, whatever ending follows. */
const DEVICE = /^(con|prn|aux|nul|com\d|lpt\d)(\.|$)/i;

/** A file for each test event, by a name that every system takes, and that no other has in any case of letters. */
export function eventFiles(events: readonly { name: string; text: string }[]): TextFile[] {
  const taken = new Set<string>();
  return events.map(({ name, text }) => {
    const plain = name.replace(/[^A-Za-z0-9._-]+/g, '-').replace(/^[.-]+|[.-]+$/g, '');
    const wanted = DEVICE.test(plain) ? `event-${plain}` : plain || 'event';
    const path = `events/${unique(wanted, taken, (one) => one.toLowerCase(), '-')}.json`;
    return { path, text };
  });
}

/** Whether YAML 1.1 reads a name as a truth value or as nothing. */
export const isWordOfYaml = (name: string): boolean => /^(?:y|n|yes|no|on|off|true|false|null)$/i.test(name);

/** Logical ids of a template, which have letters and digits alone; each is given once. */
export class LogicalIds {
  readonly #taken: Set<string>;

  constructor(taken: readonly string[] = []) {
    this.#taken = new Set(taken);
  }

  /** An id that reads as the name does: api-router is ApiRouter, DB_URL is DbUrl. */
  of(name: string, ending = ''): string {
    const words = name.split(/[^A-Za-z0-9]+/).filter((word) => word !== '');
    const joined = words.map((word) => word[0]!.toUpperCase() + rest(word)).join('');
    const begun = /^[A-Z]/.test(joined) ? joined : `My${joined}`;
    const whole = begun.endsWith(ending) ? begun : begun + ending;
    return unique(isWordOfYaml(whole) ? `${whole}Value` : whole, this.#taken);
  }
}

const rest = (word: string): string => {
  const letters = word.slice(1);
  return word === word.toUpperCase() ? letters.toLowerCase() : letters;
};

/** A name of a CloudFormation stack: letters, digits and hyphens, a letter first. */
export function stackName(name: string): string {
  const plain = name.replace(/[^A-Za-z0-9]+/g, '-').replace(/^-+|-+$/g, '');
  return (/^[A-Za-z]/.test(plain) ? plain : `function-${plain}`.replace(/-$/, '')).slice(
    0,
    STACK_NAME_LENGTH_MAX,
  );
}

/** The wanted name, or with a number behind it where it is taken. */
function unique(wanted: string, taken: Set<string>, folded = (name: string) => name, before = ''): string {
  for (let n = 1; ; n += 1) {
    const name = n === 1 ? wanted : `${wanted}${before}${n}`;
    if (taken.has(folded(name))) continue;
    taken.add(folded(name));
    return name;
  }
}
