/** Objects and arrays within a text, as JSON or as console.log prints them: what can be folded. Nothing is evaluated. */

export interface Group {
  /** Offsets of the opening bracket and behind the closing one. */
  from: number;
  to: number;
  entries: Entry[];
}

/** One entry of a group without the comma behind it, and the groups within it. */
export interface Entry {
  from: number;
  to: number;
  groups: Group[];
}

interface Open extends Entry {
  /** The bracket's own offset; `from` is where the entry at hand begins. */
  at: number;
  bracket: string;
  entries: Entry[];
  keys: boolean;
}

const SPECIAL = /["'`[\]{},:]/g;
const CLOSES: Record<string, string> = { '}': '{', ']': '[' };

/** Behind the end of the string that begins at `offset`, or null: a string does not go on over the end of its line. */
function stringEnd(text: string, offset: number): number | null {
  const quote = text[offset];
  for (let at = offset + 1; at < text.length; at += 1) {
    const character = text[at];
    if (character === quote) return at + 1;
    if (character === '\n') return null;
    if (character === '\\') at += 1;
  }
  return null;
}

function trimmed(text: string, { from, to, groups }: Entry): Entry {
  while (from < to && text[from]!.trim() === '') from += 1;
  while (to > from && text[to - 1]!.trim() === '') to -= 1;
  return { from, to, groups };
}

/** An apostrophe within a word begins no string. */
const beginsString = (text: string, at: number): boolean => at === 0 || !/[\w\\]/.test(text[at - 1]!);

/** The outermost groups of a text in their order. Brackets without a partner are text like any other. */
export function bracketGroups(text: string): Group[] {
  const found: Group[] = [];
  let open: Open[] = [];
  SPECIAL.lastIndex = 0;
  for (let match = SPECIAL.exec(text); match; match = SPECIAL.exec(text)) {
    const at = match.index;
    const character = match[0];
    const top = open.at(-1);
    if (character === '[' || character === '{') {
      open.push({ at, bracket: character, from: at + 1, to: at + 1, groups: [], entries: [], keys: false });
    } else if (!top) {
      continue;
    } else if (character === ',') {
      top.entries.push(trimmed(text, { from: top.from, to: at, groups: top.groups }));
      Object.assign(top, { from: at + 1, groups: [] });
    } else if (character === ':') {
      top.keys = true;
    } else if (character in CLOSES) {
      if (CLOSES[character] !== top.bracket) {
        open = [];
        continue;
      }
      open.pop();
      const last = trimmed(text, { from: top.from, to: at, groups: top.groups });
      const entries = last.to > last.from ? [...top.entries, last] : top.entries;
      // [Function: f] and [Object] are words, though in brackets.
      const worth = entries.length > 1 || last.groups.length > 0 || (top.bracket === '{' && top.keys);
      if (worth) (open.at(-1)?.groups ?? found).push({ from: top.at, to: at + 1, entries });
    } else if (beginsString(text, at)) {
      SPECIAL.lastIndex = stringEnd(text, at) ?? at + 1;
    }
  }
  return found;
}

export interface ColouredRange {
  from: number;
  to: number;
  style: 'key' | 'string' | 'number' | 'word';
}

const TOKEN =
  /("(?:[^"\\\n]|\\.)*"|'(?:[^'\\\n]|\\.)*'|`(?:[^`\\\n]|\\.)*`)(\s*:)?|([A-Za-z_$][\w$]*)(\s*:)?|(-?\d[\d_]*(?:\.\d+)?(?:[eE][+-]?\d+)?n?)/g;
const WORDS = new Set(['true', 'false', 'null', 'undefined', 'NaN', 'Infinity']);

/** Keys, strings, numbers and words between two offsets that lie outside of any string. */
export function colouredRanges(text: string, from: number, to: number): ColouredRange[] {
  const ranges: ColouredRange[] = [];
  TOKEN.lastIndex = from;
  for (let match = TOKEN.exec(text); match && match.index < to; match = TOKEN.exec(text)) {
    const [, quoted, behindQuoted, name, behindName, number] = match;
    const token = quoted ?? name ?? number ?? '';
    const style =
      behindQuoted || behindName
        ? 'key'
        : quoted
          ? 'string'
          : number
            ? 'number'
            : WORDS.has(token)
              ? 'word'
              : null;
    if (style) ranges.push({ from: match.index, to: Math.min(to, match.index + token.length), style });
  }
  return ranges;
}
