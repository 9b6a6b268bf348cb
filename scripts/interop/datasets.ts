// The clients of dataset.zip: each must find the same classes, in the same order, with the same number of images.
import { mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { delimiter, join } from 'node:path';
import type { SiteAddress } from '../../harness/browsers/driver';
import { SPLITS, type Split } from '../../src/contract/sample';
import { byCodePoint } from '../../src/pipeline/bucket/class-order';
import { needPython, PYTHON_BIN, type PythonClient, runProgram, runPython } from './python';

/** Classes in order with their number of images. */
type Found = Partial<Record<Split, [name: string, count: number][]>>;

const READERS = {
  'dataset_keras.py': 'keras',
  'dataset_torchvision.py': 'torchvision',
  'dataset_hugging_face.py': 'datasets',
  'dataset_croissant.py': 'mlcroissant',
} as const satisfies Record<string, PythonClient>;

/** What the app itself says of a class of an export. */
export interface ClassImages {
  name: string;
  folder: string;
  counts: Record<Split, number>;
}

/** @param classes  in class order. Readers of the table of addresses cannot list those without an image in a split */
export async function readByClient(
  script: keyof typeof READERS,
  dataset: string,
  classes: ClassImages[],
  scratch: string,
): Promise<string> {
  needPython(READERS[script]);
  const found = await runPython<Found>(script, [dataset, scratch]);
  const inTable = script === 'dataset_croissant.py';
  const byFolder = script === 'dataset_keras.py' || script === 'dataset_torchvision.py';
  for (const split of SPLITS) {
    const used = classes.some(({ counts }) => counts[split] > 0) ? classes : [];
    const expected = used
      .map(({ name, folder, counts }) => [byFolder ? folder : name, counts[split]] as const)
      .filter(([, count]) => !inTable || count > 0);
    if (inTable) expected.sort(([one], [other]) => byCodePoint(one, other));
    if (JSON.stringify(found[split] ?? []) !== JSON.stringify(expected)) {
      throw new Error(`${split}: ${JSON.stringify(found[split])} instead of ${JSON.stringify(expected)}`);
    }
  }
  return JSON.stringify(found);
}

/**
 * Runs the first command of the dataset's own README on its urls.csv. The addresses are those of the demo's web, so the
 * program is pointed at that web's proxy and certificate authority by the environment; the file stays as it is.
 */
export async function runImg2dataset(folder: string, images: number, site: SiteAddress): Promise<string> {
  needPython('img2dataset');
  const readme = readFileSync(join(folder, 'dataset/README.md'), 'utf8');
  const command = /```sh\n(img2dataset (?:[^\n]*\\\n)*[^\n]*)\n/.exec(readme)?.[1];
  if (command === undefined) throw new Error('the README shows no img2dataset command');
  const authority = join(folder, 'authority.pem');
  writeFileSync(authority, site.authority);
  mkdirSync(join(folder, 'images'), { recursive: true });
  const proxy = `http://127.0.0.1:${site.proxyPort}`;
  await runProgram('sh', ['-c', command], {
    cwd: folder,
    env: {
      ...process.env,
      PATH: `${PYTHON_BIN}${delimiter}${process.env.PATH}`,
      https_proxy: proxy,
      HTTPS_PROXY: proxy,
      SSL_CERT_FILE: authority,
      NO_ALBUMENTATIONS_UPDATE: '1',
    },
  });
  const stats = readdirSync(join(folder, 'images'))
    .filter(name => name.endsWith('_stats.json'))
    .map(name => JSON.parse(readFileSync(join(folder, 'images', name), 'utf8')));
  const sum = (key: string) => stats.reduce((total, one) => total + one[key], 0);
  const words = `${sum('successes')} of ${sum('count')} images`;
  if (sum('successes') !== images || sum('count') !== images) {
    throw new Error(`${words}, where ${images} were exported: ${JSON.stringify(stats.map(one => one.status_dict))}`);
  }
  return words;
}
