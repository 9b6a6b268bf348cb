// The way back of a harvest in the log: how many images it takes, asked once more, and the way to bring them back.
import './harvest-undo.css';
import type { Harvest, HarvestHoldings } from '../../../contract/harvest';
import { plural, t } from '../../../edges/i18n';
import { holdingsOf } from '../../../edges/store/harvest-holdings';
import { redoHarvest, undoHarvest } from '../app/changes';
import { Confirm } from '../app/confirm';
import { useRead } from '../app/read';
import { jobsVersion, samplesVersion } from '../app/state';

interface Props {
  harvest: Harvest;
  held: HarvestHoldings;
  onAsk: () => void;
  onDone: () => void;
}

export function HarvestUndo({ harvest, held, onAsk, onDone }: Props) {
  const { images, deleted, queued, cancelled } = held;
  return (
    <div class="stack harvest-undo">
      {harvest.undone && <span class="soft">{t('was_undone')}</span>}
      {images + queued > 0 && (
        <button type="button" class="quiet" onClick={onAsk}>
          {t('asks_first', actionOn(held))}
        </button>
      )}
      {harvest.undone && deleted + cancelled > 0 && (
        <button type="button" class="quiet" onClick={() => void redoHarvest(harvest, held).then(onDone)}>
          {deleted > 0 ? plural('bring_back', deleted) : plural('wait_again', cancelled)}
        </button>
      )}
    </div>
  );
}

interface QuestionProps {
  harvest: Harvest;
  /** The name of its label, as a sentence takes it. */
  label: string;
  onClose: () => void;
  onDone: () => void;
}

/** Stands beside the log, not in the cell of its button, whose narrow columns it would take on. */
export function UndoQuestion({ harvest, label, onClose, onDone }: QuestionProps) {
  const held = useHoldings(harvest);
  if (!held) return null;
  const { images, elsewhere, queued } = held;
  const remove = async () => {
    onClose();
    await undoHarvest(harvest, held);
    onDone();
  };
  return (
    <Confirm title={t('undo_harvest')} action={actionOn(held)} danger onYes={() => void remove()} onClose={onClose}>
      {images > 0 && <p>{plural('undo_harvest_takes', images, label)}</p>}
      {queued > 0 && <p>{plural('undo_harvest_cancels', queued)}</p>}
      {elsewhere > 0 && <p class="soft">{plural('undo_harvest_leaves', elsewhere)}</p>}
    </Confirm>
  );
}

function actionOn({ images, queued }: HarvestHoldings): string {
  return images > 0 ? plural('remove_images', images) : plural('cancel_waiting', queued);
}

/** What the harvest holds now; undefined until it is counted. */
export function useHoldings(harvest: Harvest): HarvestHoldings | undefined {
  return useRead([samplesVersion, jobsVersion], () => holdingsOf(harvest), [harvest]).value;
}
