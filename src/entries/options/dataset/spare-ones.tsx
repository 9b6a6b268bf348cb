// Of near-duplicates the best is kept and the others are deleted, all at once.
import type { RefObject } from 'preact';
import type { Sample } from '../../../contract/sample';
import { plural } from '../../../edges/i18n';
import { remove } from './image-actions';

export function SpareOnes({ samples, grid }: { samples: Sample[]; grid: RefObject<HTMLElement | null> }) {
  const removeThem = () => {
    grid.current?.focus();
    void remove(samples);
  };
  return (
    <div class="row second">
      <button type="button" onClick={removeThem}>
        {plural('keep_best', samples.length)}
      </button>
    </div>
  );
}
