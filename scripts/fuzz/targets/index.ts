// Every reader of text or bytes that others write. A new one gets a line in one of these files.
import type { Target } from '../target';
import { addressTargets } from './addresses';
import { archiveTargets } from './archives';
import { engineTargets } from './engines';
import { listTargets } from './lists';
import { pageText } from './page-text';
import { imageTargets } from './pictures';
import { sharedPageTargets } from './shared-page';
import { weightTargets } from './weights';

export const targets: readonly Target[] = [
  ...pageText,
  ...engineTargets,
  ...addressTargets,
  ...listTargets,
  ...imageTargets,
  ...archiveTargets,
  ...weightTargets,
  ...sharedPageTargets,
];
