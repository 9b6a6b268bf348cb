// The way back of a harvest in the log: how many images it takes, asked once more, and the way to bring them back.
import { useSignal } from '@preact/signals';
import { useEffect } from 'preact/hooks';
import type { Harvest, HarvestHoldings } from '../../../contract/harvest';
import { plural, t } from '../../../edges/i18n';
import { holdingsOf } from '../../../edges/store/undo-harvest';
import { redoHarvest, undoHarvest } from '../changes';
import { Confirm } from '../confirm';
import { complain } from '../notices';
import { jobsVersion, samplesVersion } from '../state';

interface Props {
  harvest: Harvest;
  /** The name of its label, as a sentence takes it. */
  label: string;
  onDone: () => void;
}

export function HarvestUndo({ harvest, label, onDone }: Props) {
  const held = useSignal<HarvestHoldings>();
  const asking = useSignal(false);
  const versions = [samplesVersion.value, jobsVersion.value];
  const look = () => {
    holdingsOf(harvest).then(found => (held.value = found), complain);
  };
  useEffect(look, [harvest, ...versions]);
  if (!held.value) return null;
  const { images, elsewhere, deleted, queued, cancelled } = held.value;
  const holdings = held.value;
  const remove = async () => {
    asking.value = false;
    await undoHarvest(harvest, holdings);
    onDone();
  };
  const action = images > 0 ? plural('remove_images', images) : plural('cancel_waiting', queued);
  return (
    <div class="stack harvest-undo">
      {harvest.undone && <span class="soft">{t('was_undone')}</span>}
      {images + queued > 0 && (
        <button type="button" class="quiet" onClick={() => (asking.value = true)}>
          {t('asks_first', action)}
        </button>
      )}
      {harvest.undone && deleted + cancelled > 0 && (
        <button type="button" class="quiet" onClick={() => void redoHarvest(harvest, holdings).then(onDone)}>
          {deleted > 0 ? plural('bring_back', deleted) : plural('wait_again', cancelled)}
        </button>
      )}
      {asking.value && (
        <Confirm
          title={t('undo_harvest')}
          action={action}
          danger
          onYes={() => void remove()}
          onClose={() => (asking.value = false)}
        >
          {images > 0 && <p>{plural('undo_harvest_takes', images, label)}</p>}
          {queued > 0 && <p>{plural('undo_harvest_cancels', queued)}</p>}
          {elsewhere > 0 && <p class="soft">{plural('undo_harvest_leaves', elsewhere)}</p>}
        </Confirm>
      )}
    </div>
  );
}
