/** Requests about links. */

import type { Shared } from './contract';

export const GONE = 'This link shows nothing any more: it was taken back or has expired.';

/** What a link shows; null where it does not open. Rejects when it cannot be asked for. */
export async function readShared(token: string): Promise<Shared | null> {
  const response = await fetch(`/api/shared/${token}`);
  if (response.status === 404) return null;
  if (!response.ok) throw new Error(`HTTP ${response.status}`);
  return (await response.json()) as Shared;
}
