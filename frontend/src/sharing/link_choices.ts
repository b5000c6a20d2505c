/** What can be chosen of a link, as its form has it and as the service is asked. */

import type { FieldFault } from '../contract';
import type { Share, ShareRequest } from './contract';

export interface LinkChoices {
  /** A version's number, empty for whichever is the newest. */
  version: string;
  listed: 'unlisted' | 'public';
  /** NEVER, KEPT, DAYS, or a number of days. */
  expiry: string;
  days: string;
}

export const NEVER = '';
/** The end that a link has already. */
export const KEPT = 'kept';
/** As many days as are typed. */
export const DAYS = 'days';
/** As the service has it. */
const DAYS_MAX = 365;

type Asked = Pick<ShareRequest, 'version' | 'public' | 'expires_in_days'>;

export const newChoices = (): LinkChoices => ({ version: '', listed: 'unlisted', expiry: NEVER, days: '' });

export const choicesOf = (link: Share): LinkChoices => ({
  version: link.version === null ? '' : String(link.version),
  listed: link.public ? 'public' : 'unlisted',
  expiry: KEPT,
  days: '',
});

/** What is wrong before anything is saved or asked: what is no number would be sent as "never". */
export const choiceFaults = ({ expiry, days }: LinkChoices): FieldFault[] =>
  expiry === DAYS && !(/^\d+$/.test(days.trim()) && Number(days) >= 1 && Number(days) <= DAYS_MAX)
    ? [{ field: ['expires_in_days'], message: `A link expires after 1 to ${DAYS_MAX} days, or never.` }]
    : [];

export function asked({ version, listed, expiry, days }: LinkChoices): Asked {
  return {
    version: version === '' ? null : Number(version),
    public: listed === 'public',
    expires_in_days: expiry === NEVER ? null : Number(expiry === DAYS ? days : expiry),
  };
}

/** What of a link is chosen to be other than it is. */
export function changeOf(link: Share, choices: LinkChoices): Partial<Asked> {
  const { version, public: listed, expires_in_days } = asked(choices);
  return {
    ...(version !== link.version && { version }),
    ...(listed !== link.public && { public: listed }),
    ...(choices.expiry !== KEPT &&
      !(choices.expiry === NEVER && link.expires_at === null) && { expires_in_days }),
  };
}
