/** The text of a .env file → variables, as Node.js reads one (`node --env-file`). */

export interface Variable {
  key: string;
  value: string;
}

export interface DotenvFault {
  /** Counts from 1. */
  line: number;
  message: string;
}

export interface Dotenv {
  /** In their order; of a key that comes twice, the last value. */
  variables: Variable[];
  faults: DotenvFault[];
}

const ASSIGNMENT = /^[ \t]*(?:export[ \t]+)?([A-Za-z_][\w.-]*)[ \t]*=[ \t]*/;

export function readDotenv(source: string): Dotenv {
  const text = source.replace(/^\uFEFF/, '').replace(/\r\n?/g, '\n');
  const variables = new Map<string, string>();
  const faults: DotenvFault[] = [];
  let offset = 0;
  let line = 1;
  while (offset < text.length) {
    const rest = text.slice(offset);
    let end = rest.indexOf('\n');
    if (end < 0) end = rest.length;
    const assignment = ASSIGNMENT.exec(rest.slice(0, end));
    if (assignment) {
      const begin = assignment[0].length;
      const quoted = quotedValue(rest, begin);
      if (quoted === null) {
        variables.set(assignment[1]!, rest.slice(begin, end).replace(/#.*/, '').trim());
      } else if (quoted.close < 0) {
        faults.push({ line, message: `the quote before ${assignment[1]}’s value is not closed` });
      } else {
        variables.set(assignment[1]!, quoted.value);
        end = rest.indexOf('\n', quoted.close);
        if (end < 0) end = rest.length;
      }
    } else if (!/^[ \t]*(?:#|$)/.test(rest.slice(0, end))) {
      faults.push({ line, message: 'KEY=value is expected' });
    }
    line += rest.slice(0, end + 1).split('\n').length - 1;
    offset += end + 1;
  }
  return { variables: [...variables].map(([key, value]) => ({ key, value })), faults };
}

/** A value in quotes may have several lines. `close` is -1 where it has no end; null where there is no quote. */
function quotedValue(text: string, begin: number): { value: string; close: number } | null {
  const quote = text[begin];
  if (quote !== '"' && quote !== "'" && quote !== '`') return null;
  const close = text.indexOf(quote, begin + 1);
  const value = text.slice(begin + 1, close);
  // Only double quotes know an escape, and only that of a new line.
  return { value: quote === '"' ? value.replaceAll('\\n', '\n') : value, close };
}
