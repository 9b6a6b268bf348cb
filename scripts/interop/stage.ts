// A browser with the built extension before the demo's web, off the network, for one part of the interop test.
import { mkdir } from 'node:fs/promises';
import type { BrowserName } from '../../harness/browsers/driver';
import type { LabelImages } from '../../harness/pictures/pictures';
import { downloadAll, grantAccess, harvestAll } from '../../harness/steps/harvest-steps';
import { chooseBackbone } from '../../harness/steps/learn-steps';
import { startWalk, type Walk } from '../../harness/walk';
import type { Host } from '../../harness/web/site';

export interface StageOptions {
  browser: BrowserName;
  labels: LabelImages[];
  /** A weights file, or `seeded`. */
  weights: string;
  /** Folder for what the extension saves. */
  out: string;
  /** A host of the demo's web besides its own. */
  host?: [name: string, answer: Host];
}

/** Runs `work` with everything collected and the weights installed; the browser is gone afterwards. */
export async function onStage<T>(options: StageOptions, work: (walk: Walk) => Promise<T>): Promise<T> {
  const { browser, labels, weights, out, host } = options;
  await mkdir(out, { recursive: true });
  const alterHosts = (hosts: Map<string, Host>) => host && hosts.set(...host);
  const walk = await startWalk({ browser, labels, out, say: console.log, alterHosts });
  try {
    const start = Date.now();
    await grantAccess(walk);
    await harvestAll(walk);
    await downloadAll(walk, start);
    await chooseBackbone(walk, weights);
    return await work(walk);
  } finally {
    await walk.close();
  }
}
