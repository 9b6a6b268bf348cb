// Says that the browser lost the collection: a database can come back empty without any error.
import { dismissLoss, lossNotice } from '../../../edges/canary';
import { dateTime, plural, t } from '../../../edges/i18n';
import { attempt } from '../../parts/complain';
import { Note } from '../../parts/note';
import { useRead } from '../app/read';

export function LossNote() {
  const { value: loss, again } = useRead([], lossNotice);
  const dismiss = () =>
    attempt(async () => {
      await dismissLoss();
      await again();
    });
  if (!loss) return null;
  return (
    <div role="alert">
      <Note kind="bad">
        <p>{plural('collection_lost', loss.rowCount, dateTime(loss.lastWrite))}</p>
        <div class="row">
          <a class="button" href="#export">
            {t('delete_backup_first')}
          </a>
          <button type="button" class="quiet" onClick={dismiss}>
            {t('dismiss')}
          </button>
        </div>
      </Note>
    </div>
  );
}
