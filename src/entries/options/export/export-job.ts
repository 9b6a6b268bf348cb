// The export that runs on this page, kept apart from its screen so that looking elsewhere does not stop it.
import { signal } from '@preact/signals';
import { t } from '../../../edges/i18n';
import { saveFile } from '../../../edges/save-file';
import { exportDataset, exportModel } from '../../workers/exporter';
import { complain, say } from '../notices';

export type ExportKind = 'dataset' | 'model';

interface Exporting {
  kind: ExportKind;
  controller: AbortController;
  done: number;
  total: number;
  bytes: number;
  /** 0…1 */
  share: number;
}
export const exporting = signal<Exporting>();

const EXPORTERS = { dataset: exportDataset, model: exportModel };

export async function startExport(kind: ExportKind): Promise<void> {
  const controller = new AbortController();
  exporting.value = { kind, controller, done: 0, total: 0, bytes: 0, share: 0 };
  try {
    const { parts } = await EXPORTERS[kind](({ done, total, bytes }) => {
      exporting.value = { kind, controller, done, total, bytes, share: total > 0 ? done / total : 0 };
    }, controller.signal);
    for (const { name, file } of parts) await saveFile(file, name);
    say(t('exported', parts.map(part => part.name).join(', ')));
  } catch (error) {
    if (controller.signal.aborted) say(t('export_cancelled'));
    else complain(error);
  } finally {
    exporting.value = undefined;
  }
}
