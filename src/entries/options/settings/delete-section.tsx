// Deleting the whole project: asked once more, with the way to a backup beside it.
import { useSignal } from '@preact/signals';
import { plural, t } from '../../../edges/i18n';
import { ask } from '../../../edges/messages';
import { attempt } from '../../parts/complain';
import { forgetSteps } from '../app/changes';
import { Confirm } from '../app/confirm';
import { say } from '../app/notices';
import { labels, totalImages } from '../app/state';
import { exporting } from '../transfer/transfer';

export function DeleteEverything() {
  const open = useSignal(false);
  const close = () => (open.value = false);
  const toBackup = () => {
    close();
    location.hash = '#export';
  };
  const remove = () =>
    attempt(async () => {
      close();
      await ask('deleteEverything', {});
      await forgetSteps();
      say(t('deleted_everything'));
    });
  return (
    <div class="row">
      <button type="button" class="danger" disabled={exporting.value !== undefined} onClick={() => (open.value = true)}>
        {t('delete_everything')}
      </button>
      {open.value && (
        <Confirm
          title={t('delete_title')}
          action={t('delete_everything_for_good')}
          danger
          beside={
            <button type="button" onClick={toBackup}>
              {t('delete_backup_first')}
            </button>
          }
          onYes={() => void remove()}
          onClose={close}
        >
          <p>{`${plural('images', totalImages.value)} · ${plural('labels_count', labels.value?.length ?? 0)}`}</p>
          <p class="soft">{t('delete_hint')}</p>
        </Confirm>
      )}
    </div>
  );
}
