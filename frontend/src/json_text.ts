/** JSON kept as text: where it is faulty, and how it reads indented with every number and escape as it was sent. */

export interface JsonFault {
  message: string;
  /** Both count from 1. */
  line: number;
  column: number;
}

export interface JsonToken {
  text: string;
  kind: 'key' | 'string' | 'number' | 'word' | 'plain';
}

const TOKEN =
  /[ \t\n\r]+|"(?:[^"\\\u0000-\u001f]|\\(?:["\\/bfnrt]|u[0-9a-fA-F]{4}))*"|-?(?:0|[1-9]\d*)(?:\.\d+)?(?:[eE][+-]?\d+)?|true|false|null|[{}[\],:]/y;

export function isJson(text: string): boolean {
  try {
    JSON.parse(text);
    return true;
  } catch {
    return false;
  }
}

function placeOf(text: string, offset: number): { line: number; column: number } {
  const before = text.slice(0, offset);
  const line = before.split('\n').length;
  return { line, column: offset - before.lastIndexOf('\n') };
}

type Expected = 'value' | 'value or ]' | 'key' | 'key or }' | ':' | ', or ]' | ', or }' | 'end';

const SAY: Record<Expected, string> = {
  value: 'a value is expected here',
  'value or ]': 'a value or ] is expected here',
  key: 'a key in double quotes is expected here',
  'key or }': 'a key in double quotes or } is expected here',
  ':': 'a colon is expected here',
  ', or ]': 'a comma or ] is expected here',
  ', or }': 'a comma or } is expected here',
  end: 'nothing more is expected here',
};

/** What the grammar expects after a token, or null if the token does not belong there. */
function after(expected: Expected, token: string, open: string[]): Expected | null {
  const closed = (): Expected => (open.length === 0 ? 'end' : open.at(-1) === '{' ? ', or }' : ', or ]');
  if (token === ']' && (expected === 'value or ]' || expected === ', or ]')) return (open.pop(), closed());
  if (token === '}' && (expected === 'key or }' || expected === ', or }')) return (open.pop(), closed());
  if (expected === 'value' || expected === 'value or ]') {
    if (token === '{') return (open.push('{'), 'key or }');
    if (token === '[') return (open.push('['), 'value or ]');
    return ']},:'.includes(token) ? null : closed();
  }
  if (expected === 'key' || expected === 'key or }') return token.startsWith('"') ? ':' : null;
  if (expected === ':') return token === ':' ? 'value' : null;
  if (token !== ',') return null;
  return expected === ', or ]' ? 'value' : expected === ', or }' ? 'key' : null;
}

/**
 * The first fault of a text that should be JSON, or null. The browser's own message names no line
 * in every case, so the place is found by reading the grammar.
 */
export function jsonFault(text: string): JsonFault | null {
  if (isJson(text)) return null;
  if (text.trim() === '') return { message: 'an event is needed; {} is the smallest', line: 1, column: 1 };
  const open: string[] = [];
  let expected: Expected = 'value';
  let offset = 0;
  while (offset < text.length) {
    TOKEN.lastIndex = offset;
    const token = TOKEN.exec(text)?.[0];
    if (token === undefined) {
      const message =
        text[offset] === '"'
          ? 'this text is not closed, or has a character that must be escaped'
          : SAY[expected];
      return { message, ...placeOf(text, offset) };
    }
    if (token.trim() !== '') {
      const next = after(expected, token, open);
      if (next === null) return { message: SAY[expected], ...placeOf(text, offset) };
      expected = next;
    }
    offset += token.length;
  }
  return { message: `the text ends too early; ${SAY[expected]}`, ...placeOf(text, text.length) };
}

/** A JSON text in indented tokens. The text must be JSON; the tokens hold every scalar exactly as sent. */
export function prettyTokens(text: string): JsonToken[] {
  const tokens: JsonToken[] = [];
  let depth = 0;
  let previous = '';
  const emit = (token: string, kind: JsonToken['kind'] = 'plain') => {
    const last = tokens.at(-1);
    if (kind === 'plain' && last?.kind === 'plain') last.text += token;
    else tokens.push({ text: token, kind });
  };
  const newLine = () => emit(`\n${'  '.repeat(depth)}`);
  let offset = 0;
  while (offset < text.length) {
    TOKEN.lastIndex = offset;
    const token = TOKEN.exec(text)?.[0];
    if (token === undefined) break;
    offset += token.length;
    if (token.trim() === '') continue;
    if (token === '}' || token === ']') {
      depth -= 1;
      if (previous !== '{' && previous !== '[') newLine();
      emit(token);
    } else if (token === ',' || token === ':') {
      emit(token === ':' ? ': ' : token);
      if (token === ',') newLine();
    } else {
      if (previous === '{' || previous === '[') newLine();
      if (token === '{' || token === '[') {
        depth += 1;
        emit(token);
      } else emit(token, kindOf(token, text, offset));
    }
    previous = token;
  }
  return tokens;
}

function kindOf(token: string, text: string, end: number): JsonToken['kind'] {
  if (token[0] !== '"') return /^[tfn]/.test(token) ? 'word' : 'number';
  return /^[ \t\n\r]*:/.test(text.slice(end, end + 64)) ? 'key' : 'string';
}

/** JSON with one space behind every key's colon, and everything else as it was sent. The text must be JSON. */
export function withSpaces(json: string): string {
  // Strings are passed over whole, so that no colon within one counts.
  return json.replace(/("(?:[^"\\]|\\.)*")(\s*:\s*)?/g, (_, string: string, colon?: string) =>
    colon === undefined ? string : `${string}: `,
  );
}
