// The licences of all libraries in the package, as one file: most ask that their words go with every copy.
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Plugin } from 'vite';

const ROOT = join(import.meta.dirname, '../..');
/** In the package. */
export const LICENCES = 'licences.txt';

interface Locked {
  version: string;
  license?: string;
  dev?: boolean;
  devOptional?: boolean;
  optional?: boolean;
}

export function licences(): Plugin {
  return {
    name: 'gleaner-licences',
    apply: 'build',
    generateBundle() {
      this.emitFile({ type: 'asset', fileName: LICENCES, source: licenceText(ROOT) });
    },
  };
}

/**
 * Gleaner's own, then that of every package that package-lock.json lists besides those of development, in its order. Throws
 * for one without a licence.
 */
export function licenceText(root: string): string {
  const lock = JSON.parse(readFileSync(join(root, 'package-lock.json'), 'utf8')) as {
    packages: Record<string, Locked>;
  };
  const shipped = Object.entries(lock.packages).filter(
    ([path, { dev, devOptional, optional }]) => path !== '' && !dev && !devOptional && !optional,
  );
  const parts = shipped.map(([path, { version, license }]) => {
    const name = path.replace(/^.*node_modules\//, '');
    if (license === undefined) throw new Error(`${name} names no licence`);
    return `${name} ${version}\n${license}\n\n${wordsIn(join(root, path))}`;
  });
  const own = readFileSync(join(root, 'LICENSE'), 'utf8').trim();
  return `${[`Gleaner\n\n${own}`, ...parts].join(`\n\n${'-'.repeat(80)}\n\n`)}\n`;
}

/** The files about it; where a package has none, who made it. The Apache License lies beside the built-in network. */
function wordsIn(folder: string): string {
  const names = readdirSync(folder)
    .filter(name => /^(?:licen[cs]e|copying|notice)\b/i.test(name))
    .sort();
  const texts = names.map(name => readFileSync(join(folder, name), 'utf8').replaceAll('\r\n', '\n').trim());
  if (texts.length > 0) return texts.join('\n\n');
  const { author, homepage, repository } = JSON.parse(readFileSync(join(folder, 'package.json'), 'utf8'));
  const maker = typeof author === 'string' ? author : author?.name;
  return [maker, homepage ?? repository?.url ?? repository].filter(Boolean).join('\n');
}
