// Ids in order: no id of another shape than `crypto.randomUUID` gives leaves in a backup or comes in with one.

import type { Job } from '../../contract/job';
import type { Sample } from '../../contract/sample';
import { sha256 } from '../../formats/sha256';
import type { BackupSource } from './backup-source';
import { UUID } from './fields';

/** The id that belongs to a text: always the same, and nobody can find a text for an id. */
export async function idMadeOf(text: string): Promise<string> {
  const hex = await sha256(new TextEncoder().encode(text));
  // Version 8: made by a rule of one's own.
  return [hex.slice(0, 8), hex.slice(8, 12), `8${hex.slice(13, 16)}`, `8${hex.slice(17, 20)}`, hex.slice(20, 32)].join(
    '-',
  );
}

/**
 * The source with its ids in order: an earlier version took whatever ids a file had, and a row whose id no reader takes would be
 * missing from the backup.
 */
export async function withSoundIds(source: BackupSource): Promise<BackupSource> {
  const made = new Map<string, string>();
  const sound = async (id: string) => {
    if (UUID.test(id)) return id;
    const known = made.get(id) ?? (await idMadeOf(id));
    made.set(id, known);
    return known;
  };
  const all = <T>(rows: T[], change: (row: T) => Promise<T>) => Promise.all(rows.map(change));
  const labels = await all(source.labels, async label => ({ ...label, id: await sound(label.id) }));
  const named = new Map(source.labels.map(({ id }, i) => [labels[i]?.id ?? id, id]));
  return {
    ...source,
    labels,
    harvests: await all(source.harvests, async harvest => ({
      ...harvest,
      id: await sound(harvest.id),
      labelId: await sound(harvest.labelId),
    })),
    models: await all(source.models, async model => ({
      ...model,
      id: await sound(model.id),
      labels: await all(model.labels, async label => ({ ...label, id: await sound(label.id) })),
    })),
    ...(source.chosenModel !== undefined && { chosenModel: await sound(source.chosenModel) }),
    samples: each(source.samples, sample => soundSample(sample, sound)),
    jobs: labelId => each(source.jobs(named.get(labelId) ?? labelId), job => soundJob(job, sound)),
  };
}

type Sound = (id: string) => Promise<string>;

async function soundSample(sample: Sample, sound: Sound): Promise<Sample> {
  const { confirmedLabels, labelId, harvestId, candidate } = sample;
  return {
    ...sample,
    labelId: await sound(labelId),
    // Images added by hand belong to no harvest.
    harvestId: harvestId === '' && candidate.url === '' ? '' : await sound(harvestId),
    ...(confirmedLabels && { confirmedLabels: (await Promise.all(confirmedLabels.map(sound))).sort() }),
  };
}

async function soundJob(job: Job, sound: Sound): Promise<Job> {
  const moved = { ...job, labelId: await sound(job.labelId), harvestId: await sound(job.harvestId) };
  return job.reason === 'duplicate-of' && job.detail !== undefined
    ? { ...moved, detail: await sound(job.detail) }
    : moved;
}

async function* each<T>(items: AsyncIterable<T>, change: (item: T) => Promise<T>): AsyncGenerator<T> {
  for await (const item of items) yield await change(item);
}
