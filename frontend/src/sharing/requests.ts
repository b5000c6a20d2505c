/** Requests about links. */

import { faultsOf, send } from '../api';
import type { FieldFault } from '../contract';
import type { Share, Shared, ShareRequest } from './contract';

export const GONE = 'This link shows nothing any more: it was taken back or has expired.';
const AWAY = 'The playground cannot be reached; check the connection and try again.';

/** What a link shows; null where it does not open. Rejects when it cannot be asked for. */
export async function readShared(token: string): Promise<Shared | null> {
  const response = await fetch(`/api/shared/${token}`);
  if (response.status === 404) return null;
  if (!response.ok) throw new Error(`HTTP ${response.status}`);
  return (await response.json()) as Shared;
}

/** The links of a snippet that were not taken back. Rejects when they cannot be asked for. */
export async function readShares(snippet: string): Promise<Share[]> {
  const response = await fetch(`/api/snippets/${snippet}/shares`);
  if (!response.ok) throw new Error(AWAY);
  const { shares } = (await response.json()) as { shares: Share[] };
  return shares.filter(({ taken_back }) => !taken_back);
}

/** The new link, or why there is none. */
export const createShare = (snippet: string, request: ShareRequest): Promise<Share | FieldFault[]> =>
  stored('POST', `/api/snippets/${snippet}/shares`, request);

/** The link with what was changed of it, or why it was not. */
export const changeShare = (token: string, change: Partial<ShareRequest>): Promise<Share | FieldFault[]> =>
  stored('PATCH', `/api/shares/${token}`, change);

async function stored(method: string, path: string, body: object): Promise<Share | FieldFault[]> {
  try {
    const response = await send(method, path, body);
    if (response.ok) return (await response.json()) as Share;
    const faults = await faultsOf(response);
    return faults.length > 0 ? faults : [{ field: [], message: AWAY }];
  } catch {
    return [{ field: [], message: AWAY }];
  }
}

/** Whether the link was taken back. */
export const takeBack = (token: string): Promise<boolean> =>
  send('DELETE', `/api/shares/${token}`).then(
    ({ ok }) => ok,
    () => false,
  );
