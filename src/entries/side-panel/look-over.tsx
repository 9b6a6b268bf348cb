// The finds of the page, looked over: how many are ticked, least size, all or none, and the grid; and what is to be known of them.
import './look-over.css';
import { number, plural, t } from '../../edges/i18n';
import { FindsGrid } from './finds-grid';
import { finds } from './follow-tab';
import { lookedAt } from './looking-on';
import { heldBack, isHere, isTicked, leastSide, marks, shown, tickAll, ticked, tickHeldBack, wantSide } from './marks';
import { mine } from './run';

const SIDES = [0, 200, 400, 800];

export function LookOver() {
  if (finds.value.length === 0) return null;
  const chosen = ticked.value.length;
  const all = shown.value.filter(({ url }) => !isHere(url) || isTicked(url)).length;
  return (
    <section class="look-over" aria-label={t('finds')}>
      <p class="one-line">
        {all === 0 ? plural('finds_here', shown.value.length) : t('finds_taken', number(chosen), number(all))}
      </p>
      <div class="run-line">
        <select
          aria-label={t('least_size')}
          value={leastSide.value}
          onChange={event => wantSide(Number(event.currentTarget.value))}
        >
          {SIDES.map(side => (
            <option key={side} value={side}>
              {side === 0 ? t('any_size') : t('at_least_px', number(side))}
            </option>
          ))}
        </select>
        <button type="button" class="quiet" onClick={() => tickAll(chosen === 0)}>
          {t(chosen === 0 ? 'tick_all' : 'tick_none')}
        </button>
      </div>
      <FindsGrid />
    </section>
  );
}

/** What is held back, and how far the look at the finds is. */
export function FindsNotes() {
  const held = heldBack.value.length;
  // Once the others are taken, these stand first.
  const others = shown.value.some(({ url }) => !marks.value.has(url));
  const { done, total } = lookedAt.value;
  const left = shown.value.filter(({ url }) => !isTicked(url));
  const small = left.filter(({ url }) => marks.value.get(url)?.kind === 'small').length;
  // Those that came with this very search are told of by how far they are.
  const here = left.filter(({ url }) => isHere(url)).length - (mine.value?.harvest.added ?? 0);
  const parts = [
    ...(here > 0 ? [t('panel_known', number(here))] : []),
    ...(small > 0 ? [t('panel_small', number(small))] : []),
    ...(done < total ? [plural('looked_at', total, number(done))] : []),
  ];
  return (
    <>
      {held > 0 && (
        <div class="row held-back">
          <p>{plural(others ? 'held_back' : 'held_back_left', held)}</p>
          <button type="button" class="quiet" onClick={tickHeldBack}>
            {plural('take_held_back', held)}
          </button>
        </div>
      )}
      {parts.length > 0 && <p class="soft small">{parts.join(' · ')}</p>}
    </>
  );
}
