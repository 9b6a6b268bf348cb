// Takes one input of the field through the app as a person would, and tells what the extension's database holds then.
import { readFileSync } from 'node:fs';
import { setTimeout as pause } from 'node:timers/promises';
import { giveFile, press, spoken, unfold } from '../../harness/browsers/elements';
import { type Collection, readCollection } from '../../harness/collection';
import { confirmImport, importShown } from '../../harness/steps/import-steps';
import { backboneOrAlert } from '../../harness/steps/learn-steps';
import { waitFor } from '../../harness/wait';
import { APP_PAGE, show, type Walk } from '../../harness/walk';
import { choose, onScreen, saveZip } from '../../tests/e2e/steps/hand-over-steps';
import { allDownloaded, begin, found, open, tellBackground } from '../../tests/e2e/steps/harvesting';
import { queueUp } from '../soak/queue-up';
import { shown } from './hosts';
import { PAGE_ADDRESS, type Right } from './right';

/** What was seen, under the names of what is right. */
export interface Seen extends Omit<Right, 'by' | 'leastGroups' | 'refused' | 'firefox'> {
  groups?: number;
  /** Groups that hold images of several labels, and splits of labels that hold none. */
  mixedGroups?: number;
  emptySplits?: number;
  refused?: Record<string, number> | string;
}

const SENTENCES = JSON.parse(
  readFileSync(new URL('../../public/_locales/en/messages.json', import.meta.url), 'utf8'),
) as Record<string, { message: string }>;
const SPLITS = ['train', 'valid', 'test'] as const;
/** What the page that shows the images of a case's own hosts is called. */
const THREAD = 'https://www.shop.example/thread';

export const WAYS: Record<Right['by'], (walk: Walk, path: string, right: Right) => Promise<Seen>> = {
  async zip(walk, path, { order }) {
    await show(walk, 'export');
    await choose(walk, 'Choose a zip of label folders', path);
    const understood = await confirmed(walk);
    await onScreen(walk, 'added ·');
    const collection = await readCollection(walk.app);
    return { ...understood, ...imagesOf(collection), ...(order && { order: await classNames(walk) }) };
  },

  async list(walk, path) {
    await show(walk, 'dataset');
    await choose(walk, 'List of addresses to import', path);
    const understood = await confirmed(walk);
    await onScreen(walk, 'added to');
    return { ...understood, ...imagesOf(await allDownloaded(walk)) };
  },

  async image(walk, path) {
    const name = path.replace(/^.*\/|\.\w+$/g, '');
    const id = await labelNamed(walk, name);
    await walk.app.evaluate(id => {
      location.hash = `#dataset/${id}`;
    }, id);
    await choose(walk, `Images to add to ${name}`, path);
    const collection = await waitFor(
      'the image',
      async () => {
        const now = await readCollection(walk.app);
        return now.samples.length > 0 ? now : undefined;
      },
      60_000,
      async () => (await spoken(walk.app, 'status')).join(' '),
    );
    return {
      ...imagesOf(collection),
      sizes: collection.samples.map(({ width, height }) => `${width} × ${height}`),
    };
  },

  async page(walk, path) {
    shown.page = readFileSync(path, 'utf8');
    const id = await labelNamed(walk, 'page');
    const page = await open(walk, PAGE_ADDRESS);
    const harvest = await begin(walk, page, `everything:label:${id}`);
    await found(walk, harvest, 1);
    // Until whatever the page holds was read.
    await pause(1500);
    const collection = await allDownloaded(walk);
    await page.close();
    return imagesOf(collection);
  },

  async hosts(walk, _path, { addresses = [] }) {
    await queueUp(
      walk.app,
      'refused',
      addresses.map(url => ({ url, sourcePage: THREAD })),
    );
    const before = await allDownloaded(walk);
    const refused: Record<string, number> = {};
    for (const { reason = 'stored' } of before.jobs) refused[reason] = (refused[reason] ?? 0) + 1;
    await show(walk, 'dataset');
    await press(walk.app, 'Tell them and retry');
    // The jobs are queued again once the answer is kept.
    await pause(1000);
    return { ...imagesOf(await allDownloaded(walk)), refused };
  },

  async weights(walk, path) {
    await show(walk, 'train');
    await unfold(walk.app, 'Use other weights');
    await giveFile(walk.app, 'Choose a weights file', path);
    const refused = (await backboneOrAlert(walk, /never/, 60_000)) ?? 'taken';
    // What the app says stays until something else is chosen.
    await walk.driver.open(walk.app, walk.driver.extensionUrl(APP_PAGE));
    return { refused };
  },
};

/** Goes on with what the dialog shows; gives what it asked and left out. */
async function confirmed(walk: Walk): Promise<Pick<Seen, 'asked' | 'left'>> {
  const { doubts, fields, words } = await importShown(walk.app);
  const asked = Object.entries(SENTENCES)
    .filter(([key, { message }]) => key.startsWith('import_doubt_') && doubts.includes(message))
    .map(([key]) => key.slice('import_doubt_'.length).replaceAll('_', '-'))
    // The code page itself is to be confirmed whether it is in doubt or not.
    .filter(doubt => doubt !== 'page');
  if (fields.includes(SENTENCES.import_code_page?.message ?? '')) asked.push('code-page');
  const left: Record<string, number> = {};
  for (const reason of ['beside-classes', 'mask', 'hidden']) {
    const [start = ''] = (SENTENCES[`import_left_${reason.replaceAll('-', '_')}`]?.message ?? '').split('$1');
    const count = words.split(start)[1]?.match(/^\d+/)?.[0];
    if (count !== undefined) left[reason] = Number(count);
  }
  await confirmImport(walk.app);
  return { ...(asked.length > 0 && { asked: asked.join(', ') }), ...(Object.keys(left).length > 0 && { left }) };
}

function imagesOf({ labels, samples }: Collection): Seen {
  const count = (id: string) => samples.filter(({ labelId }) => labelId === id).length;
  const addresses = samples.map(({ candidate, provenance }) => provenance.downloadedFrom ?? candidate.url);
  const groups = new Map<string, Set<string>>();
  for (const { group, labelId } of samples) groups.set(group, (groups.get(group) ?? new Set()).add(labelId));
  const empty = labels.flatMap(({ id }) =>
    SPLITS.filter(split => !samples.some(sample => sample.labelId === id && sample.split === split)),
  );
  return {
    labels: Object.fromEntries(labels.map(({ id, name }) => [name, count(id)])),
    addresses: addresses.filter(address => address !== '').sort(),
    groups: groups.size,
    mixedGroups: [...groups.values()].filter(of => of.size > 1).length,
    emptySplits: empty.length,
  };
}

async function labelNamed(walk: Walk, name: string): Promise<string> {
  await tellBackground(walk, 'createLabel', { name });
  return (await readCollection(walk.app)).labels.find(label => label.name === name)?.id ?? '';
}

/** The names as the card of dataset.zip numbers them. */
async function classNames(walk: Walk): Promise<string[]> {
  const { zip } = await saveZip(walk, 'dataset.zip');
  const card = (await zip.file('dataset/README.md')?.async('string')) ?? '';
  return JSON.parse(/ClassLabel\(names=(\[.*\])\)/.exec(card)?.[1] ?? '[]');
}
