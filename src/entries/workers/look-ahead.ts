// New images pass the built-in network while a page is open: one worker on the kernels, one page at a time, after a training.
import type { FeatureTask } from '../../contract/features';
import { onChanged } from '../../edges/changes';
import { delay } from '../../edges/delay';
import { afterOthers, atWork } from '../../edges/locks';
import { hiddenOnBattery } from '../../edges/power';
import { readSettings } from '../../edges/settings';
import { BUILT_IN_INFO, chosenBackbone } from '../../edges/store/backbones';
import { featuredImages } from '../../edges/store/features';
import { everySample } from '../../edges/store/samples';
import { type LookAheadPorts, lookAhead } from '../../pipeline/features/look-ahead';
import { openBackbone } from './backbone-workers';

/** Changes come in streams: this long after one, in ms, those that follow it are there too. */
const STREAM_MS = 2000;

/**
 * Computes until the signal aborts, and rejects then with its reason; with another where it fails. While another page does it,
 * this one waits for that page to be closed.
 * @param busy  whether images are being downloaded
 */
export function lookAheadHere(busy: () => boolean, tell: LookAheadPorts['tell'], signal: AbortSignal): Promise<never> {
  const ports: LookAheadPorts = {
    list,
    held: async () => !(await readSettings()).lookAhead || (await atWork('training')) || (await hiddenOnBattery()),
    busy: async () => busy(),
    async open() {
      const { remote, terminate } = await openBackbone('wasm', BUILT_IN_INFO.id);
      return { run: batch => remote.compute(batch), close: terminate };
    },
    // A training waits for its turn once: what is under way then is stored before it asks what is missing.
    inTurn: run => afterOthers('features', async () => ((await atWork('training')) ? undefined : run())),
    rest: delay,
    changed: () => nextChange(signal),
    tell,
  };
  return afterOthers('look-ahead', () => lookAhead(ports, signal));
}

/** Weights from a seed are chosen by tests only, which count what is computed: nothing is done beside them. */
async function list(): Promise<{ total: number; missing: FeatureTask[] }> {
  if ((await chosenBackbone()).weights === 'seeded') return { total: 0, missing: [] };
  const there = await featuredImages(BUILT_IN_INFO.id);
  const missing: FeatureTask[] = [];
  let total = 0;
  for await (const { sha256 } of everySample()) {
    total++;
    if (!there.has(sha256)) missing.push({ sha256, variant: '' });
  }
  return { total, missing };
}

/** Resolves some time after images, or the weights in use, have changed; also when the signal aborts. */
function nextChange(signal: AbortSignal): Promise<void> {
  const heard = new AbortController();
  return new Promise(resolve => {
    const end = () => {
      heard.abort();
      resolve();
    };
    signal.addEventListener('abort', end, { once: true, signal: heard.signal });
    onChanged(({ samples, models }) => {
      if (samples || models) setTimeout(end, STREAM_MS);
    }, heard.signal);
  });
}
