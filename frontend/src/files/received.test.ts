import { describe, expect, it } from 'vitest';
import { unzipped, zipped } from './archive';
import { ArchiveFault } from './packing';
import { BYTES_MAX, FILES_MAX, received } from './received';

const bytes = (text: string): Uint8Array => new TextEncoder().encode(text);

describe('what was given', () => {
  it('is read as text, with plain paths and plain line ends', () => {
    const told = received([
      { path: './lib\\tax.mjs', bytes: bytes('a\r\nb\rc') },
      { path: '/index.mjs', bytes: bytes('grün') },
    ]);
    expect(told).toEqual({
      files: [
        { path: 'lib/tax.mjs', text: 'a\nb\nc' },
        { path: 'index.mjs', text: 'grün' },
      ],
      refusals: [],
    });
  });

  it('leaves out what is no text, and says so once', () => {
    const told = received([
      { path: 'logo.png', bytes: new Uint8Array([0x89, 0x50, 0xff]) },
      { path: 'zero.bin', bytes: new Uint8Array([0]) },
      { path: 'index.mjs', bytes: bytes('1') },
    ]);
    expect(told.files.map(({ path }) => path)).toEqual(['index.mjs']);
    expect(told.refusals).toEqual(['logo.png and 1 more cannot be edited as text, and were left out.']);
  });

  it('leaves out names that lead elsewhere, or are there twice', () => {
    const told = received([
      { path: '../../etc/passwd', bytes: bytes('') },
      { path: 'a/../b', bytes: bytes('') },
      { path: 'twice', bytes: bytes('') },
      { path: 'twice', bytes: bytes('') },
    ]);
    expect(told.files.map(({ path }) => path)).toEqual(['twice']);
    expect(told.refusals).toHaveLength(3);
  });

  it('leaves out what systems leave behind without a word', () => {
    const told = received(
      ['__MACOSX/._a', '.DS_Store', 'lib/.git/HEAD'].map((path) => ({ path, bytes: bytes('') })),
    );
    expect(told).toEqual({ files: [], refusals: [] });
  });

  it('adds nothing when it is too much', () => {
    const many = Array.from({ length: FILES_MAX + 1 }, (_, index) => ({
      path: `${index}`,
      bytes: bytes(''),
    }));
    expect(received(many)).toMatchObject({
      files: [],
      refusals: [expect.stringContaining('Nothing was added')],
    });
    const large = [{ path: 'large', bytes: new Uint8Array(BYTES_MAX + 1) }];
    expect(received(large)).toMatchObject({ files: [], refusals: [expect.stringContaining('3 MB')] });
  });
});

describe('archives', () => {
  it('give back what was put in', async () => {
    const files = [
      { path: 'index.mjs', text: 'export const handler = 1;\n' },
      { path: 'lib/grün.json', text: '{}' },
    ];
    expect(received(await unzipped(await zipped(files)))).toEqual({ files, refusals: [] });
  });

  it('are refused when they are none, or hold too much', async () => {
    await expect(unzipped(bytes('PK no archive'))).rejects.toThrow(ArchiveFault);
    const bomb = await zipped([{ path: 'bomb', text: '0'.repeat(BYTES_MAX + 1) }]);
    expect(bomb.length).toBeLessThan(20_000);
    await expect(unzipped(bomb)).rejects.toThrow('more than');
  });
});
