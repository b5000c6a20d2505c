/** A link in words. */

import type { Share } from './contract';

const moment = new Intl.DateTimeFormat('en-GB', { dateStyle: 'medium', timeStyle: 'short' });

export const hasExpired = ({ expires_at }: Share, now = Date.now()): boolean =>
  expires_at !== null && Date.parse(expires_at) <= now;

/** When a link ends. */
export function endOf(link: Share, now = Date.now()): string {
  if (link.expires_at === null) return 'never expires';
  const at = moment.format(Date.parse(link.expires_at));
  return hasExpired(link, now) ? `expired ${at}` : `until ${at}`;
}

/** What a link shows, to whom, and for how long. */
export function about(link: Share, now = Date.now()): string {
  const { version, variables, runs } = link;
  const words = [
    version === null ? 'newest version' : `version ${version}`,
    link.public ? 'public' : 'unlisted',
    endOf(link, now),
  ];
  if (variables.length > 0) words.push(`with the value of ${variables.join(', ')}`);
  if (runs.length > 0) words.push(runs.length === 1 ? 'with 1 run' : `with ${runs.length} runs`);
  return words.join(', ');
}
