// The report in words, before its numbers; on the screen it also says whether it is out of date.
import type { Label } from '../../../contract/label';
import type { Model } from '../../../contract/report';
import { duration, plural, t } from '../../../edges/i18n';
import { changesOf } from '../../../pipeline/head/news';
import { SearchButton } from '../../parts/plan/search-button';
import { searchesAhead } from '../../parts/plan/searches-ahead';
import { useRead } from '../app/read';
import { jobsVersion, labels, samplesVersion, settings } from '../app/state';
import { estimateSeconds } from '../train/estimate';
import { choice, train, training } from '../train/training';
import { useStanding } from '../train/use-standing';
import { VerdictStrip } from './verdict-strip';
import { Words } from './words';

export function InWords({ model }: { model: Model }) {
  return (
    <section class="card" aria-label={t('report_in_words')}>
      <Words
        model={model}
        images={verdicts => <VerdictStrip model={model} verdicts={verdicts} />}
        toLabel={id => {
          // It may have been deleted, or be called otherwise, since.
          const label = labels.value?.find(one => one.id === id);
          return label && <ToLabel label={label} />;
        }}
      />
      <OutOfDate model={model} />
    </section>
  );
}

/** To the images of a label, and to a search for more that has not been made yet. */
function ToLabel({ label }: { label: Label }) {
  const engine = settings.value?.searchEngine;
  const { value } = useRead([samplesVersion, jobsVersion], () => searchesAhead(label, engine), [label.id, engine]);
  return (
    <>
      <SearchButton name={label.name} way={value?.ahead[0]} words={t('report_search')} />
      <a href={`#dataset/${label.id}`}>{t('report_to_label')}</a>
    </>
  );
}

function OutOfDate({ model: { report } }: { model: Model }) {
  const standing = useStanding();
  const changes = standing?.news ? changesOf(standing.news) : 0;
  // Its place is kept while it is looked up, so that nothing below moves.
  if (!standing?.news || changes === 0)
    return <p class="soft standing-line">{standing?.news ? t('report_up_to_date') : ''}</p>;
  const seconds = estimateSeconds(standing, report, choice.value);
  const again = () => {
    location.hash = '#train';
    void train();
  };
  return (
    <div class="row standing-line">
      <span>{plural('report_changes', changes)}</span>
      <button type="button" disabled={training.value !== undefined} onClick={again}>
        {seconds === undefined ? t('train_again') : t('train_again_time', duration(seconds))}
      </button>
    </div>
  );
}
