// The programs in the READMEs of model.zip, run as they stand there: what they print is what the popup said.
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { ImageFile } from '../../harness/pictures/pictures';
import { waitFor } from '../../harness/wait';
import type { Walk } from '../../harness/walk';
import { CLASSIFIER_HOST } from './models';
import { PYTHON_BIN, runProgram } from './python';

/** `in page` runs in the walk's browser, where the unpacked folder is served. */
type Where = 'python' | 'node' | 'in page';

/** The blocks of code of a format's README by where they run. */
export function snippets(folder: string, format: string): Map<Where, string> {
  const readme = readFileSync(join(folder, format, 'README.md'), 'utf8');
  const blocks = [...readme.matchAll(/```(python|js)\n([\s\S]*?)```/g)];
  return new Map(
    blocks.map(([, language, code = '']): [Where, string] => [
      language === 'python' ? 'python' : code.includes("from 'node:fs'") ? 'node' : 'in page',
      code,
    ]),
  );
}

/** Runs one; gives its probabilities in class order. */
export async function runSnippet(
  walk: Walk,
  folder: string,
  format: string,
  where: Where,
  image: ImageFile,
): Promise<{ labels: string[]; probabilities: number[] }> {
  const code = snippets(folder, format).get(where);
  if (code === undefined) throw new Error(`${format}/README.md shows nothing that runs ${where}`);
  if (where === 'in page') return read(await inPage(walk, format));
  // Its ending says JPEG; whoever reads it looks at its first bytes, as programs do.
  writeFileSync(join(folder, 'picture.jpg'), image.bytes);
  const name = where === 'python' ? 'classify.py' : 'classify.mjs';
  writeFileSync(join(folder, name), code);
  const program = where === 'python' ? join(PYTHON_BIN, 'python') : process.execPath;
  const { stdout } = await runProgram(program, [name], { cwd: folder });
  return read(stdout.split('\n'));
}

/** Lines such as `a label: 0.9876`. */
function read(lines: string[]): { labels: string[]; probabilities: number[] } {
  const found = lines.flatMap(line => {
    const [, label, p] = /^(.*): ([\d.]+)$/.exec(line) ?? [];
    return label === undefined ? [] : [[label, Number(p)] as const];
  });
  return { labels: found.map(([label]) => label), probabilities: found.map(([, p]) => p) };
}

async function inPage(walk: Walk, format: string): Promise<string[]> {
  const page = await walk.driver.newPage();
  const [lines, errors]: string[][] = [[], []];
  page.on('console', message => (message.type() === 'error' ? errors : lines)!.push(message.text()));
  page.on('pageerror', error => errors!.push(String(error)));
  try {
    await walk.driver.open(page, `https://${CLASSIFIER_HOST}/${format}.html`);
    const done = () => page.evaluate(() => document.title === 'done');
    await waitFor(
      `${format} in a page`,
      async () => (await done()) || undefined,
      120_000,
      async () => errors!.join(' '),
    );
    return lines!;
  } finally {
    await page.close();
  }
}
