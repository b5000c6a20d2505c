/** Which variables are hidden on the page until somebody asks to see them. */

const SECRET_WORDS =
  /(?:^|_)(?:secrets?|tokens?|pass|password|passwd|passphrase|pwd|pin|private|credentials?|auth|authorization|signature|salt|api_?keys?|key|keys|dsn|cookie|jwt)(?:_|$)/;

/** A user and a password before the host, or a private key in its armour. */
const SECRET_VALUE = /^[a-z][a-z0-9+.-]*:\/\/[^/\s:@]*:[^/\s@]+@|-----BEGIN [A-Z ]*PRIVATE KEY-----/i;

/** By its name, in snake or camel case, or by a value that nobody writes for something public. */
export function looksSecret({ key, value }: { key: string; value: string }): boolean {
  const words = key.replace(/([a-z0-9])([A-Z])/g, '$1_$2').toLowerCase();
  return SECRET_WORDS.test(words) || SECRET_VALUE.test(value);
}
