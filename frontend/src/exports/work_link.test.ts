import { deflateSync } from 'fflate';
import { describe, expect, test } from 'vitest';
import { draft } from './sample';
import { UnreadableLink, workHash, workOf } from './work_link';

const environment = [
  { key: 'CURRENCY', value: 'EUR' },
  { key: 'API_KEY', value: 'geheim' },
];
const WORK = draft({
  files: [
    { path: 'index.mjs', text: 'export const handler = async () => "😀";\n' },
    { path: 'lib/a b.mjs', text: '' },
  ],
  tabs: ['index.mjs', 'lib/a b.mjs'],
  environment,
  events: [{ name: 'one', text: '{"ü": 1}', template: null, expected: '1' }],
});
const encoded = (bytes: Uint8Array): string => Buffer.from(bytes).toString('base64url');

test('work comes out of a link as it went in, but for values that stay behind', async () => {
  const hash = await workHash(WORK, ['CURRENCY']);
  expect(hash).toMatch(/^#work=1\.[\w-]+$/);
  expect(await workOf(hash)).toEqual({
    ...WORK,
    environment: [environment[0], { key: 'API_KEY', value: '' }],
  });
  expect((await workOf(await workHash(WORK, ['API_KEY']))).environment[1]!.value).toBe('geheim');
});

test('a link does not name the snippet that the work was saved as', async () => {
  const saved = { ...WORK, snippet: { id: 'mine', revision: 'r' } };
  expect(await workOf(await workHash(saved as typeof WORK, []))).not.toHaveProperty('snippet');
});

describe('what cannot be read is said in words', () => {
  test.each([
    ['cut short', async () => (await workHash(WORK, [])).slice(0, -20), 'cut short'],
    ['no work', () => `#work=1.${encoded(deflateSync(Buffer.from('{"files": []}')))}`, 'cut short'],
    ['no Base64', () => '#work=1.***', 'cut short'],
    ['empty', () => '#work=1.', 'cut short'],
    [
      'a file twice',
      () => workHash(draft({ files: [WORK.files[0]!, WORK.files[0]!] }), []),
      'exists already',
    ],
    ['a file elsewhere', () => workHash(draft({ files: [{ path: '../a', text: '' }] }), []), 'cannot be'],
    ['of another version', () => '#work=2.abc', 'another version'],
    ['too much', () => `#work=1.${encoded(deflateSync(new Uint8Array(40_000_000)))}`, 'more than'],
  ])('%s', async (_, hash, words) => {
    const reading = workOf(await hash());
    await expect(reading).rejects.toThrow(UnreadableLink);
    await expect(reading).rejects.toThrow(words);
  });
});
