// The held-out images the model got wrong while being surest: bad labels show up here first.
import type { Model } from '../../../contract/report';
import { t } from '../../../edges/i18n';
import { confidentMistakes } from '../../../pipeline/report/verdicts';
import { VerdictStrip } from './verdict-strip';

const SHOWN = 24;

export function Mistakes({ model }: { model: Model }) {
  const mistakes = confidentMistakes(model.verdicts, SHOWN);
  return (
    <section class="card" aria-label={t('mistakes')}>
      <h2>{t('mistakes')}</h2>
      {mistakes.length === 0 ? (
        <p class="soft">{t('no_mistakes')}</p>
      ) : (
        <>
          <p class="soft small">{t('mistakes_hint')}</p>
          <VerdictStrip model={model} verdicts={mistakes} named />
        </>
      )}
    </section>
  );
}
