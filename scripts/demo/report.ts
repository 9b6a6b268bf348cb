// The demo's report.json: the app's own report, with the times and the popup's answer that the app does not know.
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Walk } from '../../harness/walk';
import type { Report } from '../../src/contract/report';

export interface DemoReport extends Omit<Report, 'seconds'> {
  /**
   * `harvest`: from opening the first search page to the last address taken. `download`: from the same start to the last
   * image, since downloads begin at once. `features` and `head`: the app's own. `export`: both zips.
   */
  seconds: {
    harvest: number;
    download: number;
    features: number;
    head: number;
    export: number;
    /** From the app's first page to the model's first answer. */
    toFirstAnswer: number;
  };
  /** Presses a user needs from the installation to the first answer, the browser's own question included. */
  clicks: number;
  popup: { image: string; top: { label: string; p: number }[] };
  browser: string;
}

export async function writeReport(
  walk: Walk,
  report: Report,
  popup: DemoReport['popup'],
  toFirstAnswer: number,
): Promise<DemoReport> {
  const { harvest, download, export: exporting } = walk.seconds;
  const full: DemoReport = {
    ...report,
    seconds: { harvest, download, ...report.seconds, export: exporting, toFirstAnswer },
    clicks: walk.clicks,
    popup,
    browser: walk.driver.version,
  };
  await writeFile(join(walk.out, 'report.json'), `${JSON.stringify(full, null, 2)}\n`);
  return full;
}
