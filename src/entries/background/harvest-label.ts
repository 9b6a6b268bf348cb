// The label of a harvest: one that is there, or a new one, which comes into being with what is found.
import { GleanerError } from '../../contract/error';
import type { Harvest } from '../../contract/harvest';
import type { Label } from '../../contract/label';
import type { LabelTarget } from '../../contract/messages';
import { announce } from '../../edges/changes';
import { labelOfHarvest } from '../../edges/store/begin-harvest';
import { allLabels } from '../../edges/store/labels';
import { checkedName } from '../../pipeline/bucket/label-name';
import { rebuildMenus } from './menus';

export type HarvestLabel = Pick<Label, 'id' | 'name'> & { isNew?: boolean };

/** Rejects with 'label_gone', 'label_name_empty' or 'label_name_long'. A label that is not there yet has an id already. */
export async function labelFor(target: LabelTarget): Promise<HarvestLabel> {
  const labels = await allLabels();
  if ('newLabel' in target) {
    const name = checkedName(target.newLabel);
    return labels.find(label => label.name === name) ?? { id: crypto.randomUUID(), name, isNew: true };
  }
  const label = labels.find(({ id }) => id === target.labelId);
  if (label === undefined) throw new GleanerError('label_gone');
  return label;
}

/** The harvest with its label, which comes into being with the first find. Rejects with 'harvest_gone'. */
export async function withLabel(harvest: Harvest): Promise<Harvest> {
  if (harvest.newLabel === undefined) return harvest;
  const { labelId, madeLabel } = await labelOfHarvest(harvest.id);
  await rebuildMenus();
  // At once: the panel is about to hear of finds under this label. The queue is woken when they are in it.
  announce({ labels: true });
  const { newLabel: _made, ...rest } = harvest;
  return { ...rest, labelId, ...(madeLabel && { madeLabel }) };
}
