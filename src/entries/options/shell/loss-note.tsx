// Says that the browser lost the collection: a database can come back empty without any error.
import { useSignal } from '@preact/signals';
import { useEffect } from 'preact/hooks';
import { dismissLoss, type LossNotice, lossNotice } from '../../../edges/canary';
import { dateTime, plural, t } from '../../../edges/i18n';
import { Note } from '../../parts/note';
import { attempt, complain } from '../app/notices';

export function LossNote() {
  const loss = useSignal<LossNotice>();
  useEffect(() => {
    lossNotice().then(found => (loss.value = found), complain);
  }, []);
  const dismiss = () =>
    attempt(async () => {
      await dismissLoss();
      loss.value = undefined;
    });
  if (!loss.value) return null;
  return (
    <Note kind="bad">
      <p>{plural('collection_lost', loss.value.rowCount, dateTime(loss.value.lastWrite))}</p>
      <div class="row">
        <a class="button" href="#export">
          {t('delete_backup_first')}
        </a>
        <button type="button" class="quiet" onClick={dismiss}>
          {t('dismiss')}
        </button>
      </div>
    </Note>
  );
}
