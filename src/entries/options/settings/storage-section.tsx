// The collection on disk: its size, and a check of every image that fetches again what the browser lost.
import { byteSize, number, plural, t } from '../../../edges/i18n';
import { usedBytes } from '../../../edges/storage-estimate';
import { useRead } from '../app/read';
import { samplesVersion, totalImages } from '../app/state';
import { TaskOutcome } from '../app/task-outcome';
import { BinRow } from './bin-row';
import { DeleteEverything } from './delete-section';
import { verify, verifying } from './verifying';

export function StorageSection() {
  const { value: used } = useRead([samplesVersion], usedBytes);
  const running = verifying.running.value;
  return (
    <section class="card" aria-label={t('storage')}>
      <h2>{t('storage')}</h2>
      <p class="soft">{t('storage_hint')}</p>
      <p>
        {plural('images', totalImages.value)}
        {used !== undefined && ` · ${t('on_disk', byteSize(used))}`}
      </p>
      <div class="row">
        <button type="button" disabled={running !== undefined} onClick={() => void verify()}>
          {t('verify_collection')}
        </button>
        {running && (
          <button type="button" class="quiet" onClick={() => verifying.cancel()}>
            {t('cancel')}
          </button>
        )}
        <span role="status">{running ? t('verifying', number(running.done), number(running.total)) : ''}</span>
      </div>
      <TaskOutcome task={verifying} />
      <BinRow />
      <DeleteEverything />
    </section>
  );
}
