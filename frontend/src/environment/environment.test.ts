import { parseEnv } from 'node:util';
import { describe, expect, it } from 'vitest';
import { readDotenv } from './dotenv';
import { looksSecret } from './secrets';
import { merged, type VariableRow } from './variables';

describe('readDotenv', () => {
  it.each([
    'A=1',
    'A=1\nB=2\n',
    'A=1\r\nB=2\r\n',
    '# a comment\n\n  # another\nA=1',
    'export A=1\nexport   B=two',
    'A = spaced out  ',
    'A=',
    'A=""',
    'A=before # behind',
    'A="with # inside" # behind',
    'A=\'single "double" inside\'',
    'A="double \'single\' inside"',
    'A=`back "and" \'forth\'`',
    'A="one\\ntwo"',
    "A='one\\ntwo'",
    'A="-----BEGIN KEY-----\nabc\n-----END KEY-----"\nB=2',
    "A='first\n# no comment\n\nlast'\n# comment\nB=2",
    'A=1\nA=2',
    'A=b=c==',
    'URL=postgres://user:pass@db.example.com/orders?a=b',
    'A={"json": true}',
    '\tA=1',
  ])('reads %j as Node.js does', (text) => {
    const { variables, faults } = readDotenv(text);
    expect(Object.fromEntries(variables.map(({ key, value }) => [key, value]))).toEqual({
      ...parseEnv(text),
    });
    expect(faults).toEqual([]);
  });

  it('names the line of what it cannot read, and reads the rest', () => {
    expect(readDotenv('A="one\ntwo"\nnonsense\nB=2')).toEqual({
      variables: [
        { key: 'A', value: 'one\ntwo' },
        { key: 'B', value: '2' },
      ],
      faults: [{ line: 3, message: 'KEY=value is expected' }],
    });
    const open = readDotenv('A=1\nB="open\nC=3');
    expect(open.faults).toEqual([{ line: 2, message: 'the quote before B’s value is not closed' }]);
    expect(open.variables.map(({ key }) => key)).toEqual(['A', 'C']);
  });
});

describe('looksSecret', () => {
  const secret = (key: string, value = 'x') => looksSecret({ key, value });

  it.each([
    'API_KEY',
    'apiKey',
    'STRIPE_SECRET',
    'DB_PASSWORD',
    'GITHUB_TOKEN',
    'AuthToken',
    'PRIVATE_KEY',
    'KEY',
  ])('hides %s', (key) => expect(secret(key)).toBe(true));

  it.each(['CURRENCY', 'RECEIPT_BUCKET', 'LOG_LEVEL', 'MONKEY', 'KEYBOARD', 'PASSENGERS', 'AUTHOR', ''])(
    'shows %s',
    (key) => expect(secret(key)).toBe(false),
  );

  it('hides a password in an address and a private key', () => {
    expect(secret('DATABASE_URL', 'postgres://shop:pa55@db.example.com/orders')).toBe(true);
    expect(secret('DATABASE_URL', 'https://example.com/a:b@c')).toBe(false);
    expect(secret('CERT', '-----BEGIN PRIVATE KEY-----\nabc')).toBe(true);
  });
});

describe('merged', () => {
  const rows: VariableRow[] = [
    { id: 1, key: 'A', value: 'old' },
    { id: 2, key: '', value: '' },
  ];
  let id = 10;

  it('replaces values in their place, adds the rest, and drops rows that nobody filled in', () => {
    expect(
      merged(
        rows,
        [
          { key: 'B', value: 'b' },
          { key: 'A', value: 'new' },
        ],
        () => id++,
      ),
    ).toEqual([
      { id: 1, key: 'A', value: 'new' },
      { id: 10, key: 'B', value: 'b' },
    ]);
    expect(rows[0]!.value).toBe('old');
  });
});
