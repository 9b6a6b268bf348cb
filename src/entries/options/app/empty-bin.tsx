// The button that empties the bin, which asks first: under Settings and above the deleted images.
import { useSignal } from '@preact/signals';
import { byteSize, plural, t } from '../../../edges/i18n';
import { ask } from '../../../edges/messages';
import { binContents } from '../../../edges/store/bin';
import { attempt } from '../../parts/complain';
import { Confirm } from './confirm';
import { say } from './notices';
import { deletedImages } from './state';

export function EmptyBin({ onEmptied }: { onEmptied?: () => Promise<void> }) {
  const asking = useSignal<Awaited<ReturnType<typeof binContents>>>();
  const busy = useSignal(false);
  const contents = asking.value;
  const what = contents && ([plural('images', contents.images), byteSize(contents.bytes)] as const);
  const empty = () =>
    attempt(async () => {
      asking.value = undefined;
      busy.value = true;
      try {
        await ask('emptyBin', {});
        if (what) say(t('bin_emptied', ...what));
        await onEmptied?.();
      } finally {
        busy.value = false;
      }
    });
  return (
    <>
      <button
        type="button"
        disabled={busy.value || deletedImages.value === 0}
        onClick={() => attempt(async () => (asking.value = await binContents()))}
      >
        {t('empty_bin')}
      </button>
      {what && (
        <Confirm
          title={t('empty_bin')}
          action={t('delete_for_good')}
          danger
          onYes={() => void empty()}
          onClose={() => (asking.value = undefined)}
        >
          <p>{t('empty_bin_warning', ...what)}</p>
        </Confirm>
      )}
    </>
  );
}
