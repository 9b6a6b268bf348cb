// What the model was made of and how: backbone, head, epochs, time, seed.
import { geometryOf } from '../../../backbones';
import { backbonesOf } from '../../../backbones/together';
import type { Model } from '../../../contract/report';
import { SPLITS } from '../../../contract/sample';
import { dateTime, duration, number, plural, t } from '../../../edges/i18n';
import { networkName } from '../../parts/network-name';

export function HowTrained({ model }: { model: Model }) {
  const { report } = model;
  const counts = Object.values(report.counts);
  const [train = 0, valid = 0, test = 0] = SPLITS.map(split => counts.reduce((sum, count) => sum + count[split], 0));
  return (
    <section class="card" aria-label={t('how_trained')}>
      <h2>{t('how_trained')}</h2>
      <dl class="facts">
        <dt>{t('trained_at')}</dt>
        <dd>{dateTime(report.trainedAt)}</dd>
        <dt>{t('nav_dataset')}</dt>
        <dd>
          {plural('labels_count', counts.length)}
          {' · '}
          {t('trained_on', plural('images', train), number(valid), number(test))}
        </dd>
        <dt>{t('backbone')}</dt>
        <dd>
          {backbonesOf(model)
            .map(one => `${networkName(one)} · ${one.source}`)
            .join(' + ')}
          {' · '}
          {t(`sees_${geometryOf(model.backbone.id)}`)}
        </dd>
        <dt>{t('head')}</dt>
        <dd>
          {t(`head_${report.head.kind}`)}
          {report.head.choice === 'auto' && ` · ${t('chosen_automatically')}`}
          {report.head.reason?.code === 'continued' &&
            ` · ${plural('choice_continued', Number(report.head.reason.words[0]))}`}
        </dd>
        {report.history.length > 0 && (
          <>
            <dt>{t('best_epoch')}</dt>
            <dd>{t('epoch_of', number(report.bestEpoch), number(report.epochs))}</dd>
          </>
        )}
        <dt>{t('time_taken')}</dt>
        <dd>
          {t('times', duration(report.seconds.features), duration(report.seconds.head))}
          {' · '}
          {report.imagesPerSecond > 0
            ? t('images_per_second', number(report.imagesPerSecond, 1), report.backend)
            : t('looked_at_before')}
        </dd>
        <dt>{t('option_seed')}</dt>
        <dd>{report.seed}</dd>
      </dl>
    </section>
  );
}
