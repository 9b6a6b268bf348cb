// What is thin in a dataset before it is trained on: the first pieces of advice, and the others folded away.
import { nameList, plural, t } from '../../../edges/i18n';
import { isolate, named } from '../../../pipeline/bucket/label-name';
import type { Advice } from '../../../pipeline/head/advice';
import { Note } from '../../parts/note';

/** Pieces of advice shown; of many labels many may be small, and the rest unfolds. */
const SHOWN = 4;

export function AdviceList({ advice: all }: { advice: Advice[] }) {
  // What holds of several labels alike is said once.
  const few = all.filter(({ code }) => code === 'few-images');
  const advice = few.length > 1 ? all.filter(({ code }) => code !== 'few-images') : all;
  return (
    <>
      {few.length > 1 && <Few advice={few} />}
      <Notes advice={advice.slice(0, SHOWN)} />
      {advice.length > SHOWN && (
        <details>
          <summary>{plural('more_advice', advice.length - SHOWN)}</summary>
          <Notes advice={advice.slice(SHOWN)} />
        </details>
      )}
    </>
  );
}

/** Labels with few images, in one note. */
function Few({ advice }: { advice: Advice[] }) {
  const enough = advice[0]?.words[1] ?? '';
  const names = advice.map(({ words: [name = ''] }) => name);
  return (
    <Note kind="warn">
      <span title={t('advice_few_images_each', enough, names.map(isolate).join(', '))}>
        {t('advice_few_images_each', enough, nameList(names))}
      </span>
    </Note>
  );
}

function Notes({ advice }: { advice: Advice[] }) {
  return (
    <div class="stack">
      {advice.map(one => (
        <Note key={one.code + one.words[0]} kind="warn">
          <span title={words(one, isolate)}>{words(one, word => named(word))}</span>
        </Note>
      ))}
    </div>
  );
}

/** @param as  how a label's name is written */
function words({ code, count, words: gaps }: Advice, as: (word: string) => string): string {
  const key = `advice_${code}`;
  return count === undefined ? t(key, ...gaps.map(as)) : plural(key, count, ...gaps.map(as));
}
