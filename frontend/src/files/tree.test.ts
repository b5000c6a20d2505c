import { describe, expect, it } from 'vitest';
import { foldersOf, movedInto, renamed, renameFault, treeRows } from './tree';

const PATHS = [
  'index.mjs',
  'lib/tax.mjs',
  'lib/deep/a10.mjs',
  'lib/deep/a9.mjs',
  'library.mjs',
  'assets/x.json',
];

describe('the tree', () => {
  it('has folders first, and names in the order that people read', () => {
    const rows = treeRows(PATHS, new Set());
    expect(rows.map(({ path, depth }) => `${' '.repeat(depth)}${path}`)).toEqual([
      'assets',
      ' assets/x.json',
      'lib',
      ' lib/deep',
      '  lib/deep/a9.mjs',
      '  lib/deep/a10.mjs',
      ' lib/tax.mjs',
      'index.mjs',
      'library.mjs',
    ]);
  });

  it('leaves out what is in a closed folder', () => {
    const rows = treeRows(PATHS, new Set(['lib']));
    expect(rows.map(({ path }) => path)).toEqual([
      'assets',
      'assets/x.json',
      'lib',
      'index.mjs',
      'library.mjs',
    ]);
  });

  it('says where a row is among its neighbours', () => {
    const row = treeRows(PATHS, new Set()).find(({ path }) => path === 'index.mjs');
    expect(row).toMatchObject({ position: 3, size: 4, folder: false, name: 'index.mjs' });
  });

  it('takes any name for a folder', () => {
    expect(treeRows(['__proto__/constructor'], new Set()).map(({ path }) => path)).toEqual([
      '__proto__',
      '__proto__/constructor',
    ]);
  });
});

describe('renaming', () => {
  it('takes along what lies in a folder, and nothing whose name only begins so', () => {
    expect(renamed(PATHS, 'lib', 'src/lib')).toEqual([
      'index.mjs',
      'src/lib/tax.mjs',
      'src/lib/deep/a10.mjs',
      'src/lib/deep/a9.mjs',
      'library.mjs',
      'assets/x.json',
    ]);
  });

  it('refuses a name that is taken, and a folder in itself', () => {
    expect(renameFault(PATHS, 'index.mjs', 'library.mjs')).toBe('library.mjs exists already.');
    expect(renameFault(PATHS, 'lib', 'lib/deep/lib')).toBe('A folder cannot lie in itself.');
    expect(renameFault(PATHS, 'lib', '')).not.toBeNull();
    expect(renameFault(PATHS, 'lib/tax.mjs', 'assets')).not.toBeNull();
    expect(renameFault(PATHS, 'lib', 'library')).toBeNull();
    expect(renameFault(PATHS, 'lib', 'lib')).toBeNull();
  });

  it('finds the place in another folder', () => {
    expect(movedInto('lib/tax.mjs', 'assets')).toBe('assets/tax.mjs');
    expect(movedInto('lib/deep', '')).toBe('deep');
  });

  it('knows the folders above a path', () => {
    expect(foldersOf('lib/deep/a9.mjs')).toEqual(['lib', 'lib/deep']);
    expect(foldersOf('index.mjs')).toEqual([]);
  });
});
