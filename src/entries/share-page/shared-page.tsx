// What the shared page shows: what it knows, the ways to give it an image, its answer, and whose work it is.
import { backboneOf } from '../../backbones';
import { ENOUGH } from '../../contract/report';
import type { SharedModel } from '../../contract/shared-page';
import { dateTime, duration, nameList, number, plural, t } from '../../edges/i18n';
import { complain, wrong } from '../parts/complain';
import { Explained } from '../parts/explained';
import { ImageSources } from '../parts/image-sources';
import { Note } from '../parts/note';
import { SeededNote } from '../parts/seeded-note';
import { testedShare } from '../parts/tested-words';
import { TopClasses } from '../parts/top-classes';
import { Camera } from './camera';
import { show, shown, state, words } from './classifying';

export function SharedPage({ title, report }: { title: string; report: Element | null }) {
  const model = words.value;
  return (
    <>
      <main class="stack">
        <header class="stack">
          <h1>
            <bdi>{title}</bdi>
          </h1>
          {model && <Known model={model} />}
        </header>
        <SeededNote backbone={model?.backbone} />
        {wrong.value && (
          <div role="alert">
            <Note kind="bad">{wrong.value}</Note>
          </div>
        )}
        {state.value !== 'broken' && (
          <>
            <ImageSources onFiles={([file]) => void show(file)} onError={complain} />
            <Camera />
            <p class="soft small" role="status">
              {statusWords()}
            </p>
            <Answer />
          </>
        )}
        <p class="soft small">{t('shared_private')}</p>
      </main>
      <footer class="stack">
        {report && <Report report={report} />}
        {model && <Credit model={model} />}
      </footer>
    </>
  );
}

function Known({ model: { labels, testAccuracy, tested } }: { model: SharedModel }) {
  return (
    <>
      <p>{t('shared_knows', nameList(labels, 30))}</p>
      {testAccuracy !== null && <p class="soft small">{howGood(testAccuracy, tested)}</p>}
    </>
  );
}

/** Of a handful of images, how many were right says more than a share. */
function howGood(accuracy: number, tested: number): string {
  const right = Math.round(accuracy * tested);
  const said = tested < ENOUGH ? number(right) : t('with_count', number(right), testedShare(right, tested));
  return plural('shared_accuracy', tested, said);
}

function statusWords(): string {
  if (state.value === 'reading') return t('shared_reading');
  if (state.value === 'busy') return t('looking');
  const prediction = shown.value?.prediction;
  return prediction ? t('answered_in', duration(prediction.seconds)) : t('shared_ready');
}

function Answer() {
  const answer = shown.value;
  if (!answer) return null;
  const { image, prediction } = answer;
  return (
    <div class="answer" aria-busy={!prediction}>
      <Explained image={image} prediction={prediction} alt={t('tested_picture')} onError={complain} />
      {prediction && <TopClasses prediction={prediction} />}
    </div>
  );
}

/** What was drawn when the file was made, in a room of its own. */
function Report({ report }: { report: Element }) {
  return (
    <details>
      <summary>{t('shared_report')}</summary>
      <div ref={place => void (report.parentElement !== place && place?.append(report))} />
    </details>
  );
}

function Credit({ model }: { model: SharedModel }) {
  const { network, source } = backboneOf(model.backbone.family);
  return (
    <details>
      <summary>{t('shared_credit')}</summary>
      <div class="stack small">
        <p>{t('shared_made', model.gleaner, dateTime(model.trainedAt), number(model.learnt))}</p>
        <p>{t('shared_network', network, source)}</p>
        <p>{t('shared_weights', model.backbone.source)}</p>
        {model.licences.map(licence => (
          <pre key={licence}>{licence}</pre>
        ))}
      </div>
    </details>
  );
}
