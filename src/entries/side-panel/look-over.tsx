// The finds of the page, looked over and taken: least size, all or none, the grid, and the one button.
import { useSignal } from '@preact/signals';
import { number, plural, t } from '../../edges/i18n';
import { ask } from '../../edges/messages';
import { attempt } from '../parts/complain';
import { FindsGrid } from './finds-grid';
import { done } from './follow-plan';
import { finds, page } from './follow-tab';
import { lookedAt } from './looking-on';
import { heldBack, leastSide, marks, shown, tickAll, ticked, tickHeldBack } from './marks';

/** Finds of one message. */
const BATCH = 400;
const SIDES = [0, 200, 400, 800];

export function LookOver() {
  const busy = useSignal(false);
  const chosen = ticked.value;
  const marked = shown.value.filter(({ url }) => (marks.value.get(url)?.kind ?? 'suspected') !== 'suspected').length;
  const held = heldBack.value.length;
  const { done: looked, total } = lookedAt.value;
  const take = () =>
    attempt(async () => {
      const harvestId = page.value?.harvestId;
      if (harvestId === undefined || busy.value) return;
      busy.value = true;
      try {
        const here = shown.value.filter(({ url }) => marks.value.get(url)?.kind === 'known').length;
        const leftOut = Math.max(0, shown.value.length - here - chosen.length);
        for (let at = 0; at < chosen.length; at += BATCH) {
          const { label } = await ask('takeFinds', { harvestId, candidates: chosen.slice(at, at + BATCH), leftOut });
          done(label);
        }
      } finally {
        busy.value = false;
      }
    });
  if (finds.value.length === 0) return null;
  // All of it was taken: what is left to see are the ways on.
  if (chosen.length === 0 && shown.value.every(({ url }) => marks.value.get(url)?.kind === 'known'))
    return <p class="soft">{plural('finds_here', shown.value.length)}</p>;
  return (
    <section class="look-over" aria-label={t('finds')}>
      <p>
        {t('finds_taken', number(chosen.length), number(shown.value.length))}
        {marked > 0 && <span class="soft"> · {plural('finds_marked', marked)}</span>}
      </p>
      <div class="row">
        <label class="row">
          <span class="small">{t('least_size')}</span>
          <select value={leastSide.value} onChange={event => (leastSide.value = Number(event.currentTarget.value))}>
            {SIDES.map(side => (
              <option key={side} value={side}>
                {side === 0 ? t('any_size') : t('at_least_px', number(side))}
              </option>
            ))}
          </select>
        </label>
        <button type="button" class="quiet" onClick={() => tickAll(chosen.length === 0)}>
          {t(chosen.length === 0 ? 'tick_all' : 'tick_none')}
        </button>
      </div>
      {looked > 0 && looked < total && <p class="soft small">{plural('looked_at', total, number(looked))}</p>}
      {held > 0 && (
        <p class="row held-back">
          <span>{plural('held_back', held)}</span>
          <button type="button" class="quiet" onClick={tickHeldBack}>
            {plural('take_held_back', held)}
          </button>
        </p>
      )}
      <FindsGrid />
      <button type="button" class="primary" disabled={chosen.length === 0 || busy.value} onClick={take}>
        {plural('take', chosen.length)}
      </button>
    </section>
  );
}
