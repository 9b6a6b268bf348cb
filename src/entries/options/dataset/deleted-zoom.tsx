// A deleted image in full: the way back, and the way to be rid of it for good.
import type { Sample } from '../../../contract/sample';
import { t } from '../../../edges/i18n';
import { type Command, obey } from '../app/commands';
import { ZoomDialog } from '../image/zoom-dialog';
import type { GridState } from './grid-state';

interface DeletedHere {
  targets: () => readonly string[];
  /** Asks whether they shall go for good. */
  ask: (sha256s: readonly string[]) => void;
}

export const DELETED_COMMANDS: readonly Command<DeletedHere>[] = [
  {
    name: 'delete',
    keys: ['Delete', 'Backspace'],
    once: true,
    when: ({ targets }) => targets().length > 0,
    run: ({ targets, ask }) => ask(targets()),
  },
];

interface Props {
  sha256: string;
  samples: Sample[];
  /** The name of the label it was deleted from. */
  deletedFrom: string | undefined;
  state: GridState;
  onRestore: (sha256: string) => void;
  onDeleteForGood: (sha256: string) => void;
}

export function DeletedZoom({ sha256, samples, deletedFrom, state, onRestore, onDeleteForGood }: Props) {
  const restore = () => {
    state.leave(key => key !== sha256);
    onRestore(sha256);
  };
  const here = { targets: () => [sha256], ask: () => onDeleteForGood(sha256) };
  return (
    <ZoomDialog
      samples={samples}
      sha256={sha256}
      deletedFrom={deletedFrom}
      onShow={state.show}
      onKey={event => obey(DELETED_COMMANDS, here, event)}
      onClose={() => state.show(undefined)}
    >
      <div>
        <button type="button" onClick={restore}>
          {t('restore_deleted')}
        </button>
      </div>
      <div>
        <button type="button" class="danger" onClick={() => onDeleteForGood(sha256)}>
          {t('delete_for_good')}
        </button>
      </div>
    </ZoomDialog>
  );
}
