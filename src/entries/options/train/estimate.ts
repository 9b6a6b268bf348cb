// How long a training is likely to take, told by how the last one went.
import type { HeadChoice } from '../../../contract/head';
import { imagesOfReport, type Report } from '../../../contract/report';
import type { Standing } from '../../workers/standing';

/**
 * Seconds of a training of everything there is; undefined where it cannot be told honestly: before there was one with these
 * weights and this choice of heads, and while images wait for features whose speed is not known.
 */
export function estimateSeconds(now: Standing, last: Report | undefined, choice: HeadChoice): number | undefined {
  const { total, ready, news } = now;
  if (!last || !news || last.head.choice !== choice) return undefined;
  const missing = total - ready;
  if (missing > 0 && !(last.imagesPerSecond > 0)) return undefined;
  const before = imagesOfReport(last);
  if (before === 0) return undefined;
  const features = missing > 0 ? missing / last.imagesPerSecond : 0;
  return features + (last.seconds.head * total) / before;
}
