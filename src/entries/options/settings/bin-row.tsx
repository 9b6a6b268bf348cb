// The bin: what deleted images still take, and the way to be rid of them for good.
import { useSignal } from '@preact/signals';
import { useEffect } from 'preact/hooks';
import { byteSize, plural, t } from '../../../edges/i18n';
import { ask } from '../../../edges/messages';
import { binContents } from '../../../edges/store/bin';
import { forgetSteps } from '../changes';
import { Dialog } from '../dialog';
import { attempt, complain, say } from '../notices';
import { samplesVersion } from '../state';

export function BinRow() {
  const held = useSignal<{ images: number; bytes: number }>();
  const asking = useSignal(false);
  const busy = useSignal(false);
  const version = samplesVersion.value;
  useEffect(() => {
    binContents().then(contents => {
      held.value = contents;
    }, complain);
  }, [version]);
  const contents = held.value;
  if (!contents || contents.images === 0) return null;

  const what = [plural('images', contents.images), byteSize(contents.bytes)] as const;
  const empty = () =>
    attempt(async () => {
      asking.value = false;
      busy.value = true;
      try {
        await ask('emptyBin', {});
        forgetSteps();
        say(t('bin_emptied', ...what));
      } finally {
        busy.value = false;
      }
    });
  return (
    <div class="row">
      <span>{t('bin_holds', ...what)}</span>
      <button type="button" disabled={busy.value} onClick={() => (asking.value = true)}>
        {t('empty_bin')}
      </button>
      {asking.value && (
        <Dialog title={t('empty_bin')} onClose={() => (asking.value = false)}>
          <p>{t('empty_bin_warning', ...what)}</p>
          <div class="row end">
            <button type="button" onClick={() => (asking.value = false)}>
              {t('cancel')}
            </button>
            <button type="button" class="danger" onClick={() => void empty()}>
              {t('delete_for_good')}
            </button>
          </div>
        </Dialog>
      )}
    </div>
  );
}
