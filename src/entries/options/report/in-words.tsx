// The report in words, before its numbers: how good the model is, what it confuses, what would help, whether it is out of date.
import './in-words.css';
import type { Model } from '../../../contract/report';
import { number, plural, t } from '../../../edges/i18n';
import { named } from '../../../pipeline/bucket/label-name';
import { commonestConfusions, spokenAccuracy } from '../../../pipeline/report/in-words';
import { useStanding } from '../train/use-standing';

const CONFUSIONS = 2;

export function InWords({ model: { report, verdicts, labels } }: { model: Model }) {
  const news = useStanding()?.news?.images ?? 0;
  const spoken = spokenAccuracy(verdicts);
  const confusions = commonestConfusions(report.confusion.matrix, CONFUSIONS);
  const name = (k: number) => named(labels[k]?.name ?? '');
  const weakest = confusions[0] && labels[confusions[0].truth];
  return (
    <section class="card" aria-label={t('report_in_words')}>
      {spoken ? (
        <>
          <p class="in-words">{t('report_about', number(spoken.about), number(spoken.of))}</p>
          <p>
            {t(
              `report_held_${spoken.split}`,
              number(spoken.right),
              plural('images', spoken.count),
              number(spoken.low),
              number(spoken.high),
              number(spoken.of),
            )}
          </p>
        </>
      ) : (
        <p class="in-words">{t('report_unknown')}</p>
      )}
      {confusions.length > 0 && (
        <ul class="confusions">
          {confusions.map(({ truth, predicted, times, count }) => (
            <li key={`${truth} ${predicted}`}>
              {t('report_confuses', name(truth), name(predicted), number(times), number(count))}
            </li>
          ))}
        </ul>
      )}
      {weakest && (
        <p>
          {t('report_more_of', named(weakest.name))} <a href={`#dataset/${weakest.id}`}>{t('report_to_label')}</a>
        </p>
      )}
      {news > 0 && (
        <p>
          {plural('report_news', news)} <a href="#train">{t('train_again')}</a>
        </p>
      )}
    </section>
  );
}
