// Takes what is ticked. It keeps its place: it is there before the first find, and stays when all of them were taken.
import { useSignal } from '@preact/signals';
import { plural, t } from '../../edges/i18n';
import { ask } from '../../edges/messages';
import { attempt } from '../parts/complain';
import { done } from './follow-plan';
import { page } from './follow-tab';
import { isHere, isTicked, nowHere, shown, ticked } from './marks';
import { nothingFound } from './page-words';
import { lookingOver, nextThing } from './run';

/** Finds of one message. */
const BATCH = 400;

export function Take() {
  const busy = useSignal(false);
  if (!lookingOver.value || (page.value && nothingFound(page.value))) return null;
  const [all, chosen] = [shown.value, ticked.value];
  const take = () =>
    attempt(async () => {
      const harvestId = page.value?.harvestId;
      if (harvestId === undefined || busy.value) return;
      busy.value = true;
      try {
        const leftOut = shown.value.filter(({ url }) => !isTicked(url) && !isHere(url)).length;
        for (let at = 0; at < chosen.length; at += BATCH) {
          const candidates = chosen.slice(at, at + BATCH);
          const { label, harvest } = await ask('takeFinds', { harvestId, candidates, leftOut });
          nowHere(new Set(candidates.map(({ url }) => url)), harvest.labelId);
          done(label);
        }
      } finally {
        busy.value = false;
      }
    });
  return (
    <button
      type="button"
      class={nextThing.value === 'take' ? 'primary take' : 'take'}
      disabled={chosen.length === 0 || busy.value}
      onClick={take}
    >
      {chosen.length === 0 && all.length > 0 && all.every(({ url }) => isHere(url))
        ? t('all_taken')
        : plural('take', chosen.length)}
    </button>
  );
}
