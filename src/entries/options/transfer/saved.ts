// Files that were made are handed to the browser, and what came of it is said.
import { byteSize, plural, t } from '../../../edges/i18n';
import { saveFile } from '../../../edges/save-file';
import type { Exported } from '../../workers/exporter';
import type { Outcome } from '../app/task';

/**
 * "Saved dataset.zip · 31.2 MB · 240 images".
 * @param aboutParts  what to do with several files
 * @param missing  what is not in them
 */
export async function saved(
  exported: Promise<Exported>,
  aboutParts = '',
  missing: (exported: Exported) => string[] = () => [],
): Promise<Outcome> {
  const made = await exported;
  const { parts, images, leftOut } = made;
  const notIn = missing(made);
  for (const { name, file } of parts) await saveFile(file, name);
  const bytes = parts.reduce((sum, { file }) => sum + file.size, 0);
  const words = [
    t('exported', parts.map(part => part.name).join(', ')),
    byteSize(bytes),
    ...(images > 0 ? [plural('images', images)] : []),
    ...(leftOut > 0 ? [plural('export_left_out', leftOut)] : []),
    ...(parts.length > 1 ? [aboutParts] : []),
    ...notIn,
  ].join(' · ');
  return { words, kind: leftOut > 0 || notIn.length > 0 ? 'warn' : 'good' };
}
