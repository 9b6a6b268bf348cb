// `npm run backbone`: puts a weights file where the build packs it in, so that the app needs no download.
import { mkdir, rename, rm } from 'node:fs/promises';
import { basename, join, resolve } from 'node:path';
import { parseArgs } from 'node:util';
import { downloadWeights, KERAS_RESNET50 } from '../src/edges/weights-download';
import { diskPart } from './backbone/disk-part';
import { explainInEnglish } from './backbone/english';
import { md5Of, pack } from './backbone/pack';
import { PACKED_FOLDER } from './build/packed-backbone';

const PUBLISHED = join(PACKED_FOLDER, basename(new URL(KERAS_RESNET50.address).pathname));

const USAGE = `npm run backbone -- [--file FILE | --none]
  without an option  downloads Keras's published ResNet-50 (94.8 MB; goes on where it broke off) and checks it
  --file FILE        takes this .h5 or .safetensors file instead
  --none             packs no weights into the builds any more`;

main().then(
  code => process.exit(code),
  error => {
    console.error(explainInEnglish(error));
    process.exit(1);
  },
);

async function main(): Promise<number> {
  let options: { file?: string | undefined; none: boolean };
  try {
    options = parseArgs({ options: { file: { type: 'string' }, none: { type: 'boolean', default: false } } }).values;
  } catch (error) {
    console.error(`${error instanceof Error ? error.message : error}\n\n${USAGE}`);
    return 2;
  }
  if (options.none) {
    await rm(PACKED_FOLDER, { recursive: true, force: true });
    console.log('Builds bring no weights along from now on.');
    return 0;
  }
  await mkdir(PACKED_FOLDER, { recursive: true });
  const source = options.file === undefined ? await download() : resolve(options.file);
  const note = await pack(source, PACKED_FOLDER);
  console.log(`${note.name} (${megabytes(note.bytes)}) goes into the next build: npm run build`);
  return 0;
}

/** Keras's file, whole and checked, in the packed folder. */
async function download(): Promise<string> {
  if ((await md5Of(PUBLISHED)) === KERAS_RESNET50.md5) return PUBLISHED;
  const part = diskPart(`${PUBLISHED}.part`);
  const stop = new AbortController();
  process.once('SIGINT', () => stop.abort(new Error('Stopped. What was received is kept; run it again to go on.')));
  console.log(`Downloading ${KERAS_RESNET50.address}`);
  try {
    await downloadWeights(KERAS_RESNET50, part, progressTeller(), stop.signal);
  } finally {
    part.close();
  }
  await rename(`${PUBLISHED}.part`, PUBLISHED);
  return PUBLISHED;
}

/** A line every two seconds, with the time left once the speed is known. */
function progressTeller(): (received: number, total: number) => void {
  const started = Date.now();
  let first: number | undefined;
  let told = 0;
  return (received, total) => {
    first ??= received;
    if (Date.now() - told < 2000 && received < total) return;
    told = Date.now();
    const seconds = (told - started) / 1000;
    const left = received > first ? `, ${Math.ceil(((total - received) * seconds) / (received - first))} s left` : '';
    console.log(`${megabytes(received)} of ${megabytes(total)}${left}`);
  };
}

function megabytes(bytes: number): string {
  return `${(bytes / 1e6).toFixed(1)} MB`;
}
