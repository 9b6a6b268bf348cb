// An image of a label in full: what has to be decided about it, and the commands that lead on to the next.
import type { Label } from '../../../contract/label';
import type { Sample } from '../../../contract/sample';
import { t } from '../../../edges/i18n';
import { resolveConflicts } from '../app/changes';
import { obey } from '../app/commands';
import { ZoomDialog } from '../image/zoom-dialog';
import { ZOOMED_COMMANDS } from './commands';
import { ConflictNote } from './conflicts/conflict-note';
import { conflictsWith } from './conflicts/open-conflicts';
import type { GridState } from './grid-state';
import { move, remove } from './image-actions';
import type { LabelImages } from './label-images';

interface Props {
  sha256: string;
  labels: Label[];
  images: LabelImages;
  state: GridState;
}

export function LabelZoom({ sha256, labels, images, state }: Props) {
  const { samples, filter } = images;
  const sample = samples.find(one => one.sha256 === sha256);
  const conflicts = sample ? conflictsWith([...images.conflicts.same, ...images.conflicts.near], [sample]) : [];
  /** Whether near-duplicates are shown side by side, which leave together. */
  const byGroup = filter.value.flag === 'near-conflict';
  const leave = () => {
    const going = samples.filter(one => one.sha256 === sha256 || (byGroup && one.group === sample?.group));
    const gone = new Set(going.map(one => one.sha256));
    state.leave(key => !gone.has(key));
  };
  const commands = {
    labels,
    targets: () => (sample ? [sample] : []),
    remove(targets: Sample[]) {
      leave();
      void remove(targets);
    },
    move(targets: Sample[], to: Label) {
      if (to.id !== sample?.labelId) leave();
      void move(targets, to);
    },
  };
  return (
    <ZoomDialog
      samples={samples}
      sha256={sha256}
      flags={images.flags.get(sha256) ?? []}
      onShow={state.show}
      onKey={event => obey(ZOOMED_COMMANDS, commands, event)}
      onClose={() => state.show(undefined)}
      question={
        sample &&
        conflicts.map(conflict => (
          <ConflictNote
            key={conflict.kind}
            conflict={conflict}
            sample={sample}
            labels={labels}
            onShow={other => {
              // It need not be among those on show.
              filter.value = { split: 'all', flag: 'near-conflict' };
              state.zoomed.value = other;
            }}
            onMove={to => {
              if (conflict.kind === 'near') leave();
              void move([sample], to);
            }}
            onConfirm={() => {
              if (conflict.kind === 'near' && byGroup) leave();
              void resolveConflicts([conflict]);
            }}
          />
        ))
      }
    >
      <div>
        <button type="button" class="danger" onClick={() => commands.remove(commands.targets())}>
          {t('delete_image')}
        </button>
      </div>
    </ZoomDialog>
  );
}
