// How a harvest or an import begins: its row and its label, each written only where what it belongs to is still there.
import { GleanerError } from '../../contract/error';
import type { Harvest } from '../../contract/harvest';
import type { Label } from '../../contract/label';
import { checkedName } from '../../pipeline/bucket/label-name';
import { database } from '../database';
import { labelNamed } from './labels';
import { standsFor } from './merge-labels';

/**
 * Writes a new harvest down, under the label that stands by now for its own; gives it as it is. Rejects with 'label_gone' where there
 * is none: everything may have been deleted since it was looked for. One that is to make its label needs none.
 */
export async function beginHarvest(harvest: Harvest): Promise<Harvest> {
  const tx = (await database()).transaction(['labels', 'meta', 'harvests'], 'readwrite');
  const { newLabel, labelId } = harvest;
  const stands = () => standsFor(tx.objectStore('labels'), tx.objectStore('meta'), labelId);
  const under = newLabel === undefined ? await stands() : labelId;
  if (under === undefined) throw new GleanerError('label_gone');
  const row = { ...harvest, labelId: under };
  await tx.objectStore('harvests').put(row);
  await tx.done;
  return row;
}

/** A harvest with its label, which comes into being now if it is still to. Rejects with 'harvest_gone'. */
export async function labelOfHarvest(harvestId: string): Promise<Harvest> {
  const tx = (await database()).transaction(['labels', 'harvests'], 'readwrite', { durability: 'strict' });
  const [labels, harvests] = [tx.objectStore('labels'), tx.objectStore('harvests')];
  const row = await harvests.get(harvestId);
  if (row === undefined) throw new GleanerError('harvest_gone');
  if (row.newLabel === undefined) return row;
  const { newLabel, ...rest } = row;
  const { label } = await labelNamed(labels, checkedName(newLabel), row.labelId);
  const made = label.id === row.labelId ? { madeLabel: true as const } : {};
  const after = { ...rest, labelId: label.id, ...made };
  await harvests.put(after);
  await tx.done;
  return after;
}

/**
 * The label of this name for an import, and whether it was made for it. Rejects as `createLabel` does, and with 'import_gone' where
 * everything was deleted since the import began.
 * @param after  the harvest the import has begun last
 */
export async function labelForImport(name: string, after?: string): Promise<{ label: Label; made: boolean }> {
  const clean = checkedName(name);
  const tx = (await database()).transaction(['labels', 'harvests'], 'readwrite', { durability: 'strict' });
  if (after !== undefined && (await tx.objectStore('harvests').getKey(after)) === undefined)
    throw new GleanerError('import_gone');
  const named = await labelNamed(tx.objectStore('labels'), clean);
  await tx.done;
  return named;
}
