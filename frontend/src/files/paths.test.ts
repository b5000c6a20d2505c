import { describe, expect, it } from 'vitest';
import { freePath, pathFault } from './paths';

describe('pathFault', () => {
  it.each(['index.mjs', 'src/app.mjs', 'a b.json', '.env'])('accepts %s', (path) =>
    expect(pathFault(path, ['other.mjs', 'lib/x.js'])).toBeNull(),
  );

  it.each(['', '/etc/passwd', '../x.js', 'a//b.js', 'a/./b', 'a\\b.js', 'src/'])('refuses %j', (path) =>
    expect(pathFault(path, [])).not.toBeNull(),
  );

  it('refuses a path that is taken, and a file that would be a folder', () => {
    expect(pathFault('a.mjs', ['a.mjs'])).toMatch(/exists already/);
    expect(pathFault('src', ['src/app.mjs'])).toMatch(/folder/);
    expect(pathFault('src/app.mjs/x.js', ['src/app.mjs'])).toMatch(/folder/);
  });
});

describe('freePath', () => {
  it('counts up until a name is free', () => {
    expect(freePath([])).toBe('module.mjs');
    expect(freePath(['module.mjs', 'module-2.mjs'])).toBe('module-3.mjs');
  });
});
