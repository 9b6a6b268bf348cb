// package.json names, as what the extension runs on, exactly what `src` imports.
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { files, ROOT } from './sources';

/** The packages a source imports, templates of texts left out: what the readme of an export imports is for its reader to install. */
function packagesOf(file: string): string[] {
  const text = readFileSync(join(ROOT, file), 'utf8').replace(/`(?:\\.|[^`\\])*`/g, '``');
  const names = text.matchAll(/^(?:(?:import|export) [^;'"]* from|import) '([^.'][^']*)';$|\bimport\('([^.'][^']*)'/gm);
  return [...names]
    .map(([, first, later]) => first ?? later ?? '')
    .map(name => name.split('/', name.startsWith('@') ? 2 : 1).join('/'));
}

it('lists under dependencies what src imports, and nothing else', () => {
  const { dependencies, devDependencies } = JSON.parse(readFileSync(join(ROOT, 'package.json'), 'utf8')) as {
    dependencies: Record<string, string>;
    devDependencies: Record<string, string>;
  };
  const imported = [...new Set(files.flatMap(packagesOf))].sort();
  expect(imported).toContain('preact');
  expect(Object.keys(dependencies).sort(), 'Tools and tests belong under devDependencies.').toEqual(imported);
  expect(Object.keys(devDependencies).filter(name => name in dependencies)).toEqual([]);
});
