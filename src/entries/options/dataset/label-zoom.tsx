// An image of a label in full: what has to be decided about it, and the commands that lead on to the next.
import type { Label } from '../../../contract/label';
import type { Sample } from '../../../contract/sample';
import { t } from '../../../edges/i18n';
import { keepInPlace, keepLookAlikes } from '../app/changes';
import { obey } from '../app/commands';
import { ZoomDialog } from '../image/zoom-dialog';
import { ZOOMED_COMMANDS } from './commands';
import { Contest } from './contest';
import type { GridState } from './grid-state';
import { move, remove } from './image-actions';
import type { LabelImages } from './label-images';
import { LookAlike } from './look-alike';

interface Props {
  sha256: string;
  labels: Label[];
  images: LabelImages;
  state: GridState;
}

export function LabelZoom({ sha256, labels, images, state }: Props) {
  const { samples, filter } = images;
  const sample = samples.find(one => one.sha256 === sha256);
  const group = sample && images.lookAlikes.find(([first]) => first?.group === sample.group);
  /** Whether near-duplicates are shown side by side, which leave together. */
  const byGroup = filter.value.flag === 'across';
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
        <>
          {images.claims.map(
            claim =>
              claim.sample.sha256 === sha256 && (
                <Contest
                  key={claim.labelId}
                  claim={claim}
                  labels={labels}
                  onKeep={kept => void keepInPlace([kept])}
                  onMove={(moved, to) => void move(moved, to)}
                />
              ),
          )}
          {sample && group && (
            <LookAlike
              sample={sample}
              group={group}
              labels={labels}
              onShow={other => {
                // It need not be among those on show.
                filter.value = { split: 'all', flag: 'across' };
                state.zoomed.value = other;
              }}
              onMove={to => {
                leave();
                void move([sample], to);
              }}
              onRight={() => {
                if (byGroup) leave();
                void keepLookAlikes([group]);
              }}
            />
          )}
        </>
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
