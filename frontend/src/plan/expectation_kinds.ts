/** What a check can look at: in plain words, and what kind of field its value is typed into. */

export type ValueSort = 'json' | 'schema' | 'pattern' | 'number' | 'text' | 'line' | 'truth' | 'outcome';

interface Kind {
  /** As it stands in the list to choose from. */
  words: string;
  sort: ValueSort;
  /** The name of the field for the value. */
  label: string;
  hint: string;
  /** What is in the field at first. */
  first: string;
}

const NUMBER = {
  sort: 'number',
  hint: 'Leave much room: forty people may run their checks at once.',
} as const;

export const KINDS = {
  response_equals: {
    words: 'The response is exactly',
    sort: 'json',
    label: 'Response (JSON)',
    hint: 'A text stands in double quotes, such as "Hello, Ada!".',
    first: '""',
  },
  response_contains: {
    words: 'The response contains',
    sort: 'json',
    label: 'Part of the response (JSON)',
    hint: 'Of an object these names with these values, of a list these elements in this order, of a text this part. A text stands in double quotes.',
    first: '{}',
  },
  response_matches: {
    words: 'The response matches a pattern',
    sort: 'pattern',
    label: 'Regular expression',
    hint: 'Searched in the text of the response, or in its JSON. The syntax is that of RE2.',
    first: '',
  },
  response_schema: {
    words: 'The response is as a JSON Schema says',
    sort: 'schema',
    label: 'JSON Schema',
    hint: 'Without references.',
    first: '{\n  "type": "object"\n}',
  },
  chunks_at_least: {
    words: 'The response is streamed in at least',
    sort: 'number',
    label: 'Pieces',
    hint: 'Pieces that are written at the same moment may come as one.',
    first: '2',
  },
  log_contains: {
    words: 'The log contains',
    sort: 'text',
    label: 'Text',
    hint: 'Searched in what the function printed.',
    first: '',
  },
  log_lacks: {
    words: 'The log does not contain',
    sort: 'text',
    label: 'Text',
    hint: 'Searched in what the function printed.',
    first: '',
  },
  outcome: {
    words: 'The function ends so',
    sort: 'outcome',
    label: 'Outcome',
    hint: '',
    first: 'ok',
  },
  error_type: {
    words: 'The error is of the type',
    sort: 'line',
    label: 'Type',
    hint: 'Such as RangeError. Its message is in the response: {"errorMessage": "…"}.',
    first: '',
  },
  duration_below_ms: { words: 'The duration is below', label: 'Milliseconds', first: '1000', ...NUMBER },
  init_duration_below_ms: {
    words: 'The init phase is shorter than',
    sort: 'number',
    label: 'Milliseconds',
    hint: 'The check has to begin cold.',
    first: '1000',
  },
  memory_below_mb: { words: 'The memory used is below', label: 'MB', first: '128', ...NUMBER },
  cold_start: { words: 'The start is', sort: 'truth', label: 'Start', hint: '', first: 'true' },
  variable_used: {
    words: 'An environment variable is used',
    sort: 'line',
    label: 'Name of the variable',
    hint: 'With another value of it the function has to answer or log otherwise.',
    first: '',
  },
} as const satisfies Record<string, Kind>;

export type ExpectationKind = keyof typeof KINDS;

export const OUTCOMES: Record<string, string> = {
  ok: 'It answers',
  function_error: 'It ends with an error',
  init_error: 'It fails in its init phase',
  timeout: 'It runs into its timeout',
  out_of_memory: 'It runs out of memory',
};

export const kindOf = (kind: ExpectationKind): Kind => KINDS[kind];

/** What is typed for a value. */
export function valueText(kind: ExpectationKind, value: unknown): string {
  const { sort } = kindOf(kind);
  if (sort === 'json' || sort === 'schema') return JSON.stringify(value, null, 2);
  return typeof value === 'string' ? value : JSON.stringify(value);
}

/** The value that was typed; `fault` is why it is none, and nothing is sent then. What else is wrong the service says. */
export function typedValue(kind: ExpectationKind, text: string): { value?: unknown; fault?: string } {
  const { sort } = kindOf(kind);
  if (sort === 'truth') return { value: text === 'true' };
  if (sort === 'number') {
    const number = Number(text);
    return { value: text.trim() === '' || !Number.isFinite(number) ? text : number };
  }
  if (sort !== 'json' && sort !== 'schema') return { value: text };
  try {
    return { value: JSON.parse(text) as unknown };
  } catch {
    const hint = /^\s*["[{\d-]/.test(text) ? '' : ' A text stands in double quotes.';
    return { fault: `This is not JSON.${hint}` };
  }
}
