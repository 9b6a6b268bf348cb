// The collection on disk: its size, and a check of every image that fetches again what the browser lost.
import { useSignal } from '@preact/signals';
import { useEffect } from 'preact/hooks';
import { byteSize, number, plural, t } from '../../../edges/i18n';
import { ask } from '../../../edges/messages';
import { usedBytes } from '../../../edges/storage-estimate';
import { type Verified, verifyCollection } from '../../../edges/store/verify';
import { Note } from '../../parts/note';
import { complain } from '../app/notices';
import { totalImages } from '../app/state';
import { BinRow } from './bin-row';
import { DeleteEverything } from './delete-section';

interface Verifying {
  controller: AbortController;
  checked: number;
  total: number;
}

export function StorageSection() {
  const used = useSignal<number>();
  const verifying = useSignal<Verifying>();
  const verified = useSignal<Verified>();
  useEffect(() => {
    usedBytes().then(bytes => (used.value = bytes), complain);
  }, [totalImages.value]);

  const verify = async () => {
    const controller = new AbortController();
    verifying.value = { controller, checked: 0, total: totalImages.value };
    verified.value = undefined;
    try {
      verified.value = await verifyCollection((checked, total) => {
        verifying.value = { controller, checked, total };
      }, controller.signal);
      // The queue looks for new jobs whenever it is spoken to.
      await ask('queueState', {});
    } catch (error) {
      if (!controller.signal.aborted) complain(error);
    } finally {
      verifying.value = undefined;
    }
  };

  const running = verifying.value;
  return (
    <section class="card" aria-label={t('storage')}>
      <h2>{t('storage')}</h2>
      <p class="soft">{t('storage_hint')}</p>
      <p>
        {plural('images', totalImages.value)}
        {used.value !== undefined && ` · ${t('on_disk', byteSize(used.value))}`}
      </p>
      <div class="row">
        <button type="button" disabled={running !== undefined} onClick={() => void verify()}>
          {t('verify_collection')}
        </button>
        {running && (
          <button type="button" class="quiet" onClick={() => running.controller.abort()}>
            {t('cancel')}
          </button>
        )}
        <span role="status">{running ? t('verifying', number(running.checked), number(running.total)) : ''}</span>
      </div>
      {verified.value && <Outcome verified={verified.value} />}
      <BinRow />
      <DeleteEverything />
    </section>
  );
}

function Outcome({ verified: { checked, missing, damaged, unread, requeued } }: { verified: Verified }) {
  const bad = missing + damaged;
  if (bad + unread === 0) return <Note kind="good">{plural('all_sound', checked)}</Note>;
  const words = [
    ...(bad > 0 ? [t('some_lost', number(bad), number(checked), number(requeued))] : []),
    ...(bad > requeued ? [plural('some_lost_own', bad - requeued)] : []),
    ...(unread > 0 ? [plural('some_unread', unread, number(checked))] : []),
  ];
  return <Note kind="warn">{words.join(' ')}</Note>;
}
