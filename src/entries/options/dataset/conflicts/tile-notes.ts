// What a tile says of its picture beside its flags: the labels it was found for, or its look-alikes stand under.
import type { Claim } from '../../../contract/claim';
import type { Label } from '../../../contract/label';
import type { Sample } from '../../../contract/sample';
import { t } from '../../../edges/i18n';
import { inFull } from '../../../pipeline/bucket/label-name';

export interface TileNote {
  /** Written on the tile: the label the picture stands under, and those it was found for as well. */
  labels?: Label[];
  words: string;
}

/** Of contested pictures, by SHA-256: where each stands, then the labels it was found for as well. */
export function contestedNotes(claims: readonly Claim[], labels: readonly Label[]): Map<string, TileNote> {
  const others = new Map<string, string[]>();
  const stands = new Map<string, string>();
  for (const { sample, labelId } of claims) {
    stands.set(sample.sha256, sample.labelId);
    others.set(sample.sha256, [...(others.get(sample.sha256) ?? []), labelId]);
  }
  const notes = new Map<string, TileNote>();
  for (const [sha256, labelId] of stands) {
    const [first, ...rest] = labelsOf([labelId, ...(others.get(sha256) ?? [])], labels);
    if (first) notes.set(sha256, { labels: [first, ...rest], words: t('found_also', inFull(first.name), list(rest)) });
  }
  return notes;
}

/**
 * Of look-alikes under different labels, by SHA-256.
 * @param written  whether the label a picture stands under is written on it, because the tiles are of several
 */
export function lookAlikeNotes(
  groups: readonly (readonly Sample[])[],
  labels: readonly Label[],
  written: boolean,
): Map<string, TileNote> {
  const notes = new Map<string, TileNote>();
  // Hundreds of pictures share a sentence, and the browser takes its time for each it is asked for.
  const sentences = new Map<string, string>();
  for (const group of groups) {
    for (const sample of group) {
      const others = othersOf(group, sample);
      const key = others.join();
      const words = sentences.get(key) ?? t('looks_like', list(labelsOf(others, labels)));
      sentences.set(key, words);
      notes.set(sample.sha256, { words, ...(written && { labels: labelsOf([sample.labelId], labels) }) });
    }
  }
  return notes;
}

/** Ids of the other labels a picture's look-alikes stand under. */
export function othersOf(group: readonly Sample[], { labelId }: Sample): string[] {
  return [...new Set(group.map(member => member.labelId))].filter(id => id !== labelId);
}

/** Those of the ids that are labels, in the order of the ids. */
export function labelsOf(ids: readonly string[], labels: readonly Label[]): Label[] {
  return ids.flatMap(id => labels.find(label => label.id === id) ?? []);
}

function list(labels: readonly Label[]): string {
  return labels.map(({ name }) => inFull(name)).join(', ');
}
