// One image that was tried: the answer, where the model looked, why it thinks so, and what to do when it is wrong.
import { percent, t } from '../../../edges/i18n';
import { named } from '../../../pipeline/bucket/label-name';
import { complain } from '../../parts/complain';
import { Explained } from '../../parts/explained';
import { Note } from '../../parts/note';
import { TopClasses } from '../../parts/top-classes';
import type { NearestImage } from '../../workers/nearest';
import { Thumb } from '../image/thumb';
import { Correction } from './correction';
import type { Tried } from './tries';

export function TriedImage({ tried, onTrain }: { tried: Tried; onTrain: () => void }) {
  const { image, name, sha256, prediction, seen, nearest, wrong } = tried;
  if (wrong !== undefined)
    return (
      <li>
        <Note kind="bad">
          {name} {wrong}
        </Note>
      </li>
    );
  return (
    <li class="tried" aria-busy={!prediction}>
      {sha256 === undefined ? (
        <div class="heat-picture" />
      ) : (
        <Explained image={image} prediction={prediction} alt={t('tested_picture')} onError={complain} />
      )}
      <div class="stack">
        {prediction ? <TopClasses prediction={prediction} limit={3} /> : <p role="status">{t('looking')}</p>}
        {seen && <Note kind="info">{t(`try_${seen}`)}</Note>}
        {nearest && nearest.length > 0 && <Nearest nearest={nearest} />}
        {prediction && <Correction tried={tried} onTrain={onTrain} />}
      </div>
    </li>
  );
}

function Nearest({ nearest }: { nearest: NearestImage[] }) {
  return (
    <div>
      <p class="small soft">{t('try_nearest')}</p>
      <ul class="nearest">
        {nearest.map(({ sha256, label, cosine }) => (
          <li key={sha256}>
            <span class="thumb">
              <Thumb sha256={sha256} />
            </span>
            <span class="small one-line" title={label}>
              {named(label)}
            </span>
            <span class="small soft number">{percent(cosine, 0)}</span>
          </li>
        ))}
      </ul>
    </div>
  );
}
