// A folder of folders of images as a table of the built-in network's features, in Node alone; near-duplicates in one group.
import { BUILT_IN } from '../../../src/backbones';
import { nearPairs } from '../../../src/pipeline/bucket/near-duplicates/by-features';
import type { FeatureTable } from '../../../src/pipeline/head/data';
import { builtInFeatures } from './node-features';

export async function nodeTable(images: string): Promise<FeatureTable> {
  const { m, truth, labels } = await builtInFeatures(images);
  const { length, nearDuplicateFrom } = BUILT_IN;
  const groups = Array.from(truth, (_, row) => String(row));
  for (const { a, b } of await nearPairs(m.slice(), length, nearDuplicateFrom)) {
    const [from, to] = [groups[a]!, groups[b]!];
    for (const [row, group] of groups.entries()) if (group === from) groups[row] = to;
  }
  console.log(`${truth.length} images of ${labels.length} labels in ${new Set(groups).size} groups.`);
  return { count: truth.length, length, m, q: new Float32Array(0), truth, classes: labels.length, groups };
}
