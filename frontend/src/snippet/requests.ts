/** Requests about snippets. An answer is what was asked for, or why it was not had. */

import { faultsOf, send } from '../api';
import type { FieldFault } from '../contract';
import type { SnippetContent, StoredSnippet, StoredVersion, VersionInShort } from './contract';

export type Told<T> =
  | { kind: 'ok'; value: T }
  | { kind: 'offline' }
  | { kind: 'changed'; current: StoredSnippet }
  | { kind: 'refused'; faults: FieldFault[]; status: number };

/** Statuses that pass: the service restarts, or has too much to do. */
const PASSING = [429, 502, 503, 504];

async function ask<T>(method: string, path: string, body?: unknown, keepalive = false): Promise<Told<T>> {
  try {
    const response = await send(method, `/api/snippets${path}`, body, keepalive);
    if (response.ok) return { kind: 'ok', value: (await response.json()) as T };
    if (PASSING.includes(response.status)) return { kind: 'offline' };
    const told = (await response
      .clone()
      .json()
      .catch(() => null)) as { current?: StoredSnippet } | null;
    if (response.status === 409 && told?.current) return { kind: 'changed', current: told.current };
    return { kind: 'refused', faults: await faultsOf(response), status: response.status };
  } catch {
    return { kind: 'offline' };
  }
}

/** `forked_from`: the token of the link that the content was opened by. */
export const createSnippet = (
  content: SnippetContent,
  function_name: string,
  forked_from: string | null,
): Promise<Told<StoredSnippet>> =>
  ask('POST', '', { ...content, function_name, ...(forked_from && { forked_from }) });

/** `leaving`: the page goes, and the request goes on without it. */
export const saveSnippet = (
  id: string,
  content: SnippetContent,
  revision_id: string,
  leaving = false,
): Promise<Told<StoredSnippet>> => ask('PUT', `/${id}`, { ...content, revision_id }, leaving);

export const readSnippet = (id: string): Promise<Told<StoredSnippet>> => ask('GET', `/${id}`);

export const publish = (
  id: string,
  description: string,
): Promise<Told<VersionInShort & { created: boolean }>> =>
  ask('POST', `/${id}/versions`, description ? { description } : {});

export const readVersions = (id: string): Promise<Told<{ versions: VersionInShort[] }>> =>
  ask('GET', `/${id}/versions`);

export const readVersion = (id: string, number: number): Promise<Told<StoredVersion>> =>
  ask('GET', `/${id}/versions/${number}`);

export const restoreVersion = (
  id: string,
  number: number,
  revision_id: string,
): Promise<Told<StoredSnippet>> => ask('POST', `/${id}/versions/${number}/restore`, { revision_id });

/** The names that the owner has given already, of those that hold a text. */
export const readNames = (text: string): Promise<Told<{ snippets: { function_name: string }[] }>> =>
  ask('GET', `?search=${encodeURIComponent(text)}&limit=100`);
