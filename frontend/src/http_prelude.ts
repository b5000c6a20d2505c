/** What awslambda.HttpResponseStream.from writes ahead of a streamed body: status, headers and cookies as JSON. */

import { isJson } from './json_text';

/** Source: HttpResponseStream of the Node.js runtime interface client. */
const SEPARATOR = '\0'.repeat(8);

export interface HttpResponse {
  /** The JSON as it was sent. */
  prelude: string;
  /** Null where the function named none. */
  status: string | null;
  /** Names and values in their order, a cookie as Set-Cookie. */
  headers: [name: string, value: string][];
  body: string;
}

const text = (value: unknown): string => (typeof value === 'string' ? value : JSON.stringify(value));

/** The parts of a streamed HTTP response, or null for a text that has no prelude (yet). */
export function httpResponse(streamed: string): HttpResponse | null {
  const end = streamed.startsWith('{') ? streamed.indexOf(SEPARATOR) : -1;
  const prelude = streamed.slice(0, Math.max(0, end));
  if (!isJson(prelude)) return null;
  const { statusCode, headers, cookies } = JSON.parse(prelude) as Record<string, unknown>;
  const named = typeof headers === 'object' && headers !== null ? Object.entries(headers) : [];
  const set = Array.isArray(cookies) ? cookies : [];
  return {
    prelude,
    status: statusCode === undefined ? null : text(statusCode),
    headers: [
      ...named.map(([name, value]): [string, string] => [name, text(value)]),
      ...set.map((cookie): [string, string] => ['Set-Cookie', text(cookie)]),
    ],
    body: streamed.slice(end + SEPARATOR.length),
  };
}
