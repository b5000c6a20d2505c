/** Example values that all templates share, and what is derived from a field's text. */

import { md5 as digest } from '@noble/hashes/legacy.js';
import { bytesToHex } from '@noble/hashes/utils.js';

export const ACCOUNT = '123456789012';
export const REGION = 'us-east-1';
export const REQUEST_ID = 'c6af9ac6-7b61-11e6-9a41-93e8deadbeef';
export const SOURCE_IP = '192.0.2.1';
export const USER_AGENT = 'curl/8.5.0';

/** The moment of every example event. */
export const TIME = '2026-01-01T12:00:00.000Z';
export const TIME_MS = Date.parse(TIME);
/** The same moment as API Gateway writes it. */
export const TIME_CLF = '01/Jan/2026:12:00:00 +0000';
/** The same moment without milliseconds, as EventBridge and Cognito write it. */
export const TIME_SECONDS = '2026-01-01T12:00:00Z';

export const arn = (service: string, resource: string): string =>
  `arn:aws:${service}:${REGION}:${ACCOUNT}:${resource}`;

const utf8 = (value: string): Uint8Array => new TextEncoder().encode(value);

export const byteLength = (value: string): number => utf8(value).length;

export const md5 = (value: string): string => bytesToHex(digest(utf8(value)));

export const base64 = (value: string): string =>
  btoa(Array.from(utf8(value), (byte) => String.fromCharCode(byte)).join(''));

/** An id of its own for each record of an event. */
export const recordId = (index: number): string =>
  `059f36b4-87a3-44ab-83d2-${String(661975830000 + index + 1).padStart(12, '0')}`;

/** The lines of a text that are not blank: one record for each, and one at least. */
export function linesOf(value: string): string[] {
  const lines = value.split('\n').filter((entry) => entry.trim() !== '');
  return lines.length > 0 ? lines : [''];
}

/** The value of a JSON field. Raises SyntaxError; a field with a fault makes no event. */
export const parsed = (value: string): unknown => JSON.parse(value) as unknown;
