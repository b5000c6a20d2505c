/** What somebody puts elsewhere to lead to a link. */

export const address = (origin: string, token: string): string => `${origin}/s/${token}`;

export const embedCode = (origin: string, token: string): string =>
  `<iframe src="${origin}/embed/${token}" title="Lambda function" width="100%" height="420" loading="lazy" style="border: 0"></iframe>`;

export const badge = (origin: string, token: string): string =>
  `[![λ run it](${origin}/s/${token}/badge.svg)](${origin}/s/${token})`;
