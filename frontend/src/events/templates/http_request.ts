/** The HTTP request that the fields of an HTTP template describe, as gateways take it apart. */

import { choice, type Field, line, text, type Values } from './template';
import { byteLength, SOURCE_IP, USER_AGENT } from './values';

export const HTTP_FIELDS: readonly Field[] = [
  choice('method', 'Method', ['POST', 'GET', 'PUT', 'PATCH', 'DELETE', 'HEAD', 'OPTIONS']),
  line('path', 'Path', '/orders'),
  line('query', 'Query string', 'dry=true', { hint: 'Without the question mark: a=1&a=2' }),
  line('contentType', 'Content type', 'application/json'),
  text('body', 'Body', '{"order_id": "12345"}', { hint: 'Becomes one string, with every quote escaped.' }),
];

export interface HttpRequest {
  method: string;
  path: string;
  /** As sent, without the question mark. */
  query: string;
  /** Names in lower case. */
  headers: Record<string, string>;
  /** null where there is none. */
  body: string | null;
}

export function requestOf(values: Values, host: string): HttpRequest {
  const body = values.body || null;
  return {
    method: values.method!,
    path: values.path!.startsWith('/') ? values.path! : `/${values.path}`,
    query: values.query!.replace(/^\?/, ''),
    headers: {
      accept: '*/*',
      ...(body !== null && {
        'content-length': String(byteLength(body)),
        'content-type': values.contentType!,
      }),
      host,
      'user-agent': USER_AGENT,
      'x-amzn-trace-id': 'Root=1-69566440-0123456789abcdef01234567',
      'x-forwarded-for': SOURCE_IP,
      'x-forwarded-port': '443',
      'x-forwarded-proto': 'https',
    },
    body,
  };
}

/** The parameters of a query string, decoded, each with all its values in order. */
export function parametersOf(query: string): Record<string, string[]> {
  const found = new Map<string, string[]>();
  for (const [name, value] of new URLSearchParams(query))
    found.set(name, [...(found.get(name) ?? []), value]);
  return Object.fromEntries(found);
}

/** Every value of a record through a function; null where the record has none. */
export function mappedOrNull<From, To>(
  record: Record<string, From>,
  map: (value: From) => To,
): Record<string, To> | null {
  const entries = Object.entries(record).map(([name, value]) => [name, map(value)] as const);
  return entries.length > 0 ? Object.fromEntries(entries) : null;
}

/** content-type → Content-Type: names as HTTP/1.1 clients write them. */
export const capitalised = (name: string): string =>
  name.replace(/(^|-)([a-z])/g, (_, hyphen: string, letter: string) => hyphen + letter.toUpperCase());
