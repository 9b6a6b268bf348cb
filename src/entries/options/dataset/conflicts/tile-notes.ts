// What a tile says of its image beside its flags: the labels it was found for, or its near-duplicates stand under.
import type { Conflict } from '../../../../contract/conflict';
import type { Label } from '../../../../contract/label';
import { t } from '../../../../edges/i18n';
import { otherLabels } from '../../../../pipeline/bucket/conflicts';
import { isolate } from '../../../../pipeline/bucket/label-name';

export interface TileNote {
  /** Written on the tile: the label the image stands under, and those it was found for as well. */
  labels?: Label[];
  words: string;
}

/** Of images found for several labels, by SHA-256: where each stands, then the labels it was found for as well. */
export function sameNotes(conflicts: readonly Conflict[], labels: readonly Label[]): Map<string, TileNote> {
  const notes = new Map<string, TileNote>();
  for (const { samples, labelIds } of conflicts) {
    const [{ sha256, labelId }] = samples;
    const [first, ...rest] = labelsOf([labelId, ...labelIds], labels);
    if (first) notes.set(sha256, { labels: [first, ...rest], words: t('found_also', isolate(first.name), list(rest)) });
  }
  return notes;
}

/**
 * Of near-duplicates under different labels, by SHA-256.
 * @param written  whether the label an image stands under is written on it, because the tiles are of several
 */
export function nearNotes(
  conflicts: readonly Conflict[],
  labels: readonly Label[],
  written: boolean,
): Map<string, TileNote> {
  const notes = new Map<string, TileNote>();
  // Hundreds of images share a sentence, and the browser takes its time for each it is asked for.
  const sentences = new Map<string, string>();
  for (const conflict of conflicts) {
    for (const sample of conflict.samples) {
      const others = otherLabels(conflict, sample);
      const key = others.join();
      const words = sentences.get(key) ?? t('looks_like', list(labelsOf(others, labels)));
      sentences.set(key, words);
      notes.set(sample.sha256, { words, ...(written && { labels: labelsOf([sample.labelId], labels) }) });
    }
  }
  return notes;
}

/** Those of the ids that are labels, in the order of the ids. */
export function labelsOf(ids: readonly string[], labels: readonly Label[]): Label[] {
  return ids.flatMap(id => labels.find(label => label.id === id) ?? []);
}

function list(labels: readonly Label[]): string {
  return labels.map(({ name }) => isolate(name)).join(', ');
}
