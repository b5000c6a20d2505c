/** A response that is an HTTP response: what a handler returns to API Gateway or a function URL, or streams. */

import { isJson } from './json_text';

/** Between the JSON of awslambda.HttpResponseStream.from and the body. Source: the Node.js runtime interface client. */
const SEPARATOR = '\0'.repeat(8);

export interface HttpResult {
  /** The JSON ahead of a streamed body as it was sent; null for a result that was returned whole. */
  prelude: string | null;
  /** Null where the function named none. */
  status: string | null;
  /** Names and values in their order, a cookie as Set-Cookie. */
  headers: [name: string, value: string][];
  body: string;
  base64: boolean;
}

type Fields = Record<string, unknown>;

const text = (value: unknown): string => (typeof value === 'string' ? value : JSON.stringify(value));
const isFields = (value: unknown): value is Fields =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

function headersOf({ headers, multiValueHeaders, cookies }: Fields): HttpResult['headers'] {
  const several = isFields(multiValueHeaders) ? Object.entries(multiValueHeaders) : [];
  const single = isFields(headers) ? Object.entries(headers) : [];
  const named = new Set(several.map(([name]) => name.toLowerCase()));
  const set = Array.isArray(cookies) ? cookies : [];
  return [
    ...single
      .filter(([name]) => !named.has(name.toLowerCase()))
      .map(([name, value]): [string, string] => [name, text(value)]),
    ...several.flatMap(([name, values]) =>
      (Array.isArray(values) ? values : [values]).map((value): [string, string] => [name, text(value)]),
    ),
    ...set.map((cookie): [string, string] => ['Set-Cookie', text(cookie)]),
  ];
}

/** The parts of a streamed HTTP response, or null for a text that has no prelude (yet). */
export function streamedHttp(streamed: string): HttpResult | null {
  const end = streamed.startsWith('{') ? streamed.indexOf(SEPARATOR) : -1;
  const prelude = streamed.slice(0, Math.max(0, end));
  if (!isJson(prelude)) return null;
  const fields = JSON.parse(prelude) as Fields;
  return {
    prelude,
    status: fields.statusCode === undefined ? null : text(fields.statusCode),
    headers: headersOf(fields),
    body: streamed.slice(end + SEPARATOR.length),
    base64: false,
  };
}

/** The parts of a result in the form of a proxy integration: an object with a status code of HTTP. */
export function returnedHttp(response: string): HttpResult | null {
  if (!response.trimStart().startsWith('{') || !response.includes('"statusCode"') || !isJson(response))
    return null;
  const fields = JSON.parse(response) as Fields;
  const status = Number(fields.statusCode);
  if (!Number.isInteger(status) || status < 100 || status > 599) return null;
  const { body } = fields;
  return {
    prelude: null,
    status: String(status),
    headers: headersOf(fields),
    body: body === undefined || body === null ? '' : text(body),
    base64: fields.isBase64Encoded === true,
  };
}

export type BodyKind = 'html' | 'image' | 'text' | 'binary';

export interface Body {
  kind: BodyKind;
  /** Of the content, as image/png; empty where none was named. */
  type: string;
  /** The content as text; of an image or what is no text, base64. */
  content: string;
  /** Bytes. */
  size: number;
}

const TEXT = /^(text\/|application\/(json|xml|javascript|x-www-form-urlencoded)|[^;]*\+(json|xml)$)/;
const IMAGE = /^image\/[\w.+-]+$/;

/** The body for what its Content-Type says that it is. */
export function bodyOf({ headers, body, base64 }: HttpResult): Body {
  const named = headers.find(([name]) => name.toLowerCase() === 'content-type')?.[1] ?? '';
  const type = named.split(';')[0]!.trim().toLowerCase();
  const bytes = base64 ? decoded(body) : new TextEncoder().encode(body);
  if (bytes === null) return { kind: 'text', type, content: body, size: body.length };
  const size = bytes.length;
  if (IMAGE.test(type)) return { kind: 'image', type, content: encoded(bytes), size };
  if (base64 && type !== '' && !TEXT.test(type)) return { kind: 'binary', type, content: body, size };
  const content = base64 ? new TextDecoder().decode(bytes) : body;
  return { kind: type === 'text/html' ? 'html' : 'text', type, content, size };
}

function decoded(base64: string): Uint8Array | null {
  try {
    return Uint8Array.from(atob(base64), (character) => character.charCodeAt(0));
  } catch {
    return null;
  }
}

function encoded(bytes: Uint8Array): string {
  const PIECE = 0x8000;
  let binary = '';
  for (let at = 0; at < bytes.length; at += PIECE)
    binary += String.fromCharCode(...bytes.subarray(at, at + PIECE));
  return btoa(binary);
}
