// What docs/ says of the code is true: every name it gives stands in the file it gives.
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { exportedNames } from './exported';
import { ROOT } from './sources';

const read = (name: string) => readFileSync(join(ROOT, 'docs', name), 'utf8');

/** Every `name` in `file` that a page gives. */
function placesIn(page: string): { name: string; file: string }[] {
  const places = read(page).matchAll(/`(\w+)` in\s+`(src\/[^`]+\.tsx?)`/g);
  return [...places].map(([, name = '', file = '']) => ({ name, file }));
}

describe('the way of one image', () => {
  const places = placesIn('ARCHITECTURE.md');

  it('names about 25 functions, one a line', () => {
    expect(places.length).toBeGreaterThanOrEqual(25);
    const steps = [...read('ARCHITECTURE.md').matchAll(/^(\d+)\. /gm)].map(([, n]) => Number(n));
    expect(steps).toEqual(steps.map((_, i) => i + 1));
    expect(places.length).toBeGreaterThanOrEqual(steps.length);
  });

  it.each(places)('$name stands in $file', ({ name, file }) => {
    expect(exportedNames(file), 'Change docs/ARCHITECTURE.md with it.').toContain(name);
  });
});

describe('the glossary', () => {
  const places = placesIn('GLOSSARY.md');
  const words = [...read('GLOSSARY.md').matchAll(/^\| \*\*(.+?)\*\* \|/gm)].map(([, word = '']) => word);

  it('has one line for each word, in the order of the alphabet', () => {
    expect(words.length).toBeGreaterThanOrEqual(40);
    expect(words).toEqual([...new Set(words)].sort((a, b) => a.localeCompare(b, 'en')));
    expect(places.length, 'Each word has the name and the file that define it.').toBe(words.length);
  });

  it.each(places)('$name is defined in $file', ({ name, file }) => {
    expect(exportedNames(file), 'Change docs/GLOSSARY.md with it.').toContain(name);
  });
});
