// What the page says of its model, held against what may stand there: a file may have been cut off or changed on its way.
import { GleanerError } from '../../contract/error';
import type { SharedArray, SharedModel } from '../../contract/shared-page';
import { labelName, MOST, time } from '../../pipeline/backup/fields';
import { BESIDE, backbone, CLASSES, KINDS } from '../../pipeline/backup/report-shape';
import { finite, list, object, oneOf, optional, type Shape, share, text, whole } from '../../pipeline/backup/shape';

/** More than any model here has. */
const ARRAYS = 10_000;
const LICENCES = { most: 20, letters: 100_000 };

const shareOrNull: Shape<number | null> = (value, at) => (value === null ? null : share(value, at));

const shape = object<SharedModel>({
  labels: list(labelName, CLASSES),
  backbone,
  beside: optional(list(backbone, BESIDE)),
  head: oneOf(KINDS),
  least: optional(finite),
  testAccuracy: shareOrNull,
  tested: whole(MOST),
  learnt: whole(MOST),
  trainedAt: time,
  gleaner: text(100),
  licences: list(text(LICENCES.letters), LICENCES.most),
  arrays: list(object<SharedArray>({ name: text(200), length: whole(MOST), bits: oneOf([16, 32]) }), ARRAYS),
});

/** Throws `shared_damaged` for words that are missing or are not a model's; its numbers may still be missing. */
export function sharedWords(page: Document): SharedModel {
  try {
    return shape(JSON.parse(page.getElementById('model')?.textContent ?? ''), 'model');
  } catch (cause) {
    throw new GleanerError('shared_damaged', [], { cause });
  }
}
