// The bootstrap installs packages when, and only when, node_modules is not what package-lock.json says.
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { stalePackage } from '../../scripts/stale-packages.mjs';

describe('stalePackage', () => {
  let root: string;
  const write = (path: string, packages: object) => writeFileSync(join(root, path), JSON.stringify({ packages }));
  const wanted = {
    '': { name: 'gleaner' },
    'node_modules/a': { version: '1.0.0' },
    'node_modules/a/node_modules/b': { version: '2.0.0' },
    'node_modules/only-on-mac': { version: '1.0.0', optional: true },
  };
  const installed = { 'node_modules/a': { version: '1.0.0' }, 'node_modules/a/node_modules/b': { version: '2.0.0' } };

  beforeEach(() => {
    root = mkdtempSync(join(tmpdir(), 'gleaner-stale-'));
    mkdirSync(join(root, 'node_modules/a/node_modules/b'), { recursive: true });
    write('package-lock.json', wanted);
    write('node_modules/.package-lock.json', installed);
  });
  afterEach(() => rmSync(root, { recursive: true }));

  it('is content when all is there, whatever other systems need', () => {
    expect(stalePackage(root)).toBeUndefined();
  });

  it('wants an install when there is no record, as after one that was cut short', () => {
    rmSync(join(root, 'node_modules/.package-lock.json'));
    expect(stalePackage(root)).toBe('none are installed');
  });

  it('names a package of another version', () => {
    write('node_modules/.package-lock.json', { ...installed, 'node_modules/a/node_modules/b': { version: '1.9.0' } });
    expect(stalePackage(root)).toBe('b has another version');
  });

  it('names a package that the lockfile has newly', () => {
    write('package-lock.json', { ...wanted, 'node_modules/@scope/c': { version: '1.0.0' } });
    expect(stalePackage(root)).toBe('@scope/c is missing');
  });

  it('names a package whose folder was removed by hand', () => {
    rmSync(join(root, 'node_modules/a'), { recursive: true });
    expect(stalePackage(root)).toBe('a is missing');
  });

  it('takes an unreadable record for none', () => {
    writeFileSync(join(root, 'node_modules/.package-lock.json'), '{"packages":');
    expect(stalePackage(root)).toBe('a is missing');
  });
});
