// What things of a backup are called here. An id that the backup does not explain never means something of ours.
import { harvestById } from '../../../edges/store/harvests';
import { idMadeOf } from '../../../pipeline/backup/ids';

/** By their ids in the file. */
export interface Names {
  labels: Map<string, string>;
  harvests: Map<string, string>;
  /** Nothing else is here, so that groups, splits and order may be what the backup says. */
  empty: boolean;
}

/**
 * Labels an image is confirmed against, in code-unit order: ids of labels found by their names differ. A label that is in no
 * backup could be one of those here, of which the backup has nothing to say.
 */
export function confirmedHere({ labels, empty }: Names, labelIds: Iterable<string>): string[] {
  return [...new Set([...labelIds].flatMap(id => labels.get(id) ?? (empty ? id : [])))].sort();
}

/**
 * A harvest whose label went has no line in a backup, but images. Only where nothing else is here it keeps its id; elsewhere
 * whoever knows an id of ours could attach images to our harvest.
 */
export async function harvestHere({ harvests, empty }: Names, id: string): Promise<string> {
  // Images added by hand belong to none.
  if (id === '') return '';
  const known = harvests.get(id);
  if (known !== undefined) return known;
  const into = empty && !(await harvestById(id)) ? id : await idMadeOf(JSON.stringify(['harvest', id]));
  harvests.set(id, into);
  return into;
}

/** Of a label that a row speaks of: it may be in no backup, because it went before. */
export async function labelHere({ labels, empty }: Names, id: string): Promise<string> {
  return labels.get(id) ?? (empty ? id : idMadeOf(JSON.stringify(['label', id])));
}
