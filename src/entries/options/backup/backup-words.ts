// What a backup was made without, in words: nothing is left out in silence.
import { plural } from '../../../edges/i18n';
import type { BackupWithout } from '../../../pipeline/backup/backup-entries';
import { MOST_MODELS } from '../../../pipeline/backup/limits';

/** A sentence for each table of which rows are not in it. */
export function withoutWords({ labels = 0, images = 0, harvests = 0, jobs = 0, models = 0 }: BackupWithout): string[] {
  return [
    ...(labels > 0 ? [plural('backup_without_labels', labels)] : []),
    ...(images > 0 ? [plural('backup_without_images', images)] : []),
    ...(harvests > 0 ? [plural('backup_without_harvests', harvests)] : []),
    ...(jobs > 0 ? [plural('backup_without_addresses', jobs)] : []),
    ...(models > 0 ? [plural('backup_without_models', models, MOST_MODELS)] : []),
  ];
}
