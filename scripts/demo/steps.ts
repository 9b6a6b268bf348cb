// The main job as named steps, in order: what the demo shows and what the end-to-end tests check.
import { downloadAll, grantAccess, harvestAll } from '../../harness/steps/harvest-steps';
import { collectFromLabels } from '../../harness/steps/label-steps';
import {
  type BackboneChoice,
  chooseBackbone,
  exportZips,
  saveReport,
  testInPopup,
  train,
} from '../../harness/steps/learn-steps';
import type { Walk } from '../../harness/walk';
import type { Collect } from './options';
import { type DemoReport, writeReport } from './report';

export interface MainJob {
  backbone: BackboneChoice;
  /** Of the article's head; undefined leaves the choice of the head to the app. */
  epochs: number | undefined;
  collect: Collect;
  /** The image the popup is asked about: its file, and its name for the report. */
  image: { path: string; name: string };
}

/** Walks the whole main job; rejects with the name of the step that did not happen. */
export async function walkMainJob(walk: Walk, job: MainJob): Promise<DemoReport> {
  let number = 0;
  const step = async <T>(name: string, run: () => Promise<T>): Promise<T> => {
    walk.say(`${++number}. ${name}`);
    try {
      return await run();
    } catch (cause) {
      throw new Error(`Step ${number}, "${name}", failed: ${cause instanceof Error ? cause.message : cause}`, {
        cause,
      });
    }
  };
  const start = Date.now();
  if (job.collect === 'rightclick') {
    await step('Give access to image sites', () => grantAccess(walk));
    await step('Collect: right-click on each search page, "New label from this search"', () => harvestAll(walk));
  } else
    await step('Collect: type the labels, look over what each search finds, take it', () => collectFromLabels(walk));
  await step('Download', () => downloadAll(walk, start));
  await step('Choose the network', () => chooseBackbone(walk, job.backbone));
  await step(job.epochs ? `Train the article's head for ${job.epochs} epochs` : 'Train', () => train(walk, job.epochs));
  const top = await step('Test an image', () => testInPopup(walk, job.image.path));
  // To press Train, to open Test in the side panel, and to choose the image there.
  walk.clicks += 3;
  const toFirstAnswer = (Date.now() - start) / 1000;
  const report = await step('Read the report', () => saveReport(walk));
  await step('Export', () => exportZips(walk));
  return writeReport(walk, report, { image: job.image.name, top }, toFirstAnswer);
}
