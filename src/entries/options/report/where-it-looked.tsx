// Heat maps over two images of each label: what the backbone responded to, or what speaks for a class (Grad-CAM).
import './where-it-looked.css';
import { useSignal } from '@preact/signals';
import { geometryOf } from '../../../backbones';
import type { Model, Verdict } from '../../../contract/report';
import { number, plural, t } from '../../../edges/i18n';
import { named } from '../../../pipeline/bucket/label-name';
import { predictedClass } from '../../../pipeline/report/verdicts';
import { complain } from '../../parts/complain';
import { HeatImage } from '../../parts/heat-image';
import type { HeatMap } from '../../parts/paint-heat';
import { Task } from '../app/task';
import { twoOfEach } from '../image/compared';
import { evidenceFor, explainImages, explanationOf, type KeptExplanation } from '../image/explanations';
import { openImage } from '../image/open-image';
import { sureWords, verdictWords } from './verdict-words';

/** The map shown over every image; a number is a class. */
type Shown = 'activation' | 'truth' | 'predicted' | number;

/** Counts images; apart from the screen, so that looking elsewhere does not end it. */
const explaining = new Task<{ modelId: string }>();

export function WhereItLooked({ model }: { model: Model }) {
  const chosen = twoOfEach(model);
  const shown = useSignal<Shown>('activation');
  const running = explaining.running.value?.modelId === model.id ? explaining.running.value : undefined;
  const explanations = chosen.map(sha256 => explanationOf(model, sha256));
  const ready = explanations.some(one => one !== undefined) && !running;
  const start = () =>
    explaining.run({ modelId: model.id }, async (tell, signal) => {
      await explainImages(model, chosen, (done, total) => tell({ done, total }), signal);
      return undefined;
    });
  return (
    <section class="card" aria-label={t('where_it_looked')}>
      <h2>{t('where_it_looked')}</h2>
      <p class="soft small">
        {t('where_it_looked_hint')} {t(`sees_${geometryOf(model.backbone.id)}`)}
      </p>
      <div class="row">
        {ready ? (
          <MapOfAll labels={model.report.labels} shown={shown.value} onShow={value => (shown.value = value)} />
        ) : (
          <button type="button" disabled={running !== undefined} onClick={() => void start()}>
            {plural('show_heat_maps', chosen.length)}
          </button>
        )}
        {running && (
          <button type="button" onClick={() => explaining.cancel()}>
            {t('cancel')}
          </button>
        )}
        <span role="status" class="soft">
          {running ? t('looked_at_of', number(running.done), number(chosen.length)) : ''}
        </span>
      </div>
      {ready && (
        <ul class="looks">
          {chosen.map((sha256, i) => {
            const verdict = model.verdicts.find(one => one.sha256 === sha256);
            const explanation = explanations[i];
            return verdict && explanation ? (
              <ExplainedImage
                key={sha256}
                model={model}
                verdict={verdict}
                explanation={explanation}
                shown={shown.value}
              />
            ) : null;
          })}
        </ul>
      )}
    </section>
  );
}

function MapOfAll({ labels, shown, onShow }: { labels: string[]; shown: Shown; onShow: (shown: Shown) => void }) {
  const read = (value: string): Shown => (/^\d+$/.test(value) ? Number(value) : (value as Shown));
  return (
    <select aria-label={t('map')} value={shown} onChange={event => onShow(read(event.currentTarget.value))}>
      <option value="activation">{t('map_activation')}</option>
      <optgroup label={t('map_grad_cam')}>
        <option value="predicted">{t('map_taken')}</option>
        <option value="truth">{t('map_truth')}</option>
        {labels.map((label, k) => (
          <option key={label} value={k} title={label}>
            {t('grad_cam_for', named(label, 24))}
          </option>
        ))}
      </optgroup>
    </select>
  );
}

function ExplainedImage({
  model,
  verdict,
  explanation,
  shown,
}: {
  model: Model;
  verdict: Verdict;
  explanation: KeptExplanation;
  shown: Shown;
}) {
  const { labels } = model.report;
  const predicted = predictedClass(verdict);
  const k = shown === 'predicted' ? predicted : shown === 'truth' ? verdict.truth : shown;
  const map: HeatMap | undefined =
    k === 'activation' ? { values: explanation.prediction.activation } : evidenceFor(labels[k] ?? '', explanation);
  const words = verdictWords(labels, verdict);
  return (
    <li>
      <button type="button" class="quiet" title={words} onClick={() => openImage(verdict.sha256)}>
        <span class="unseen">{words}</span>
        <HeatImage
          image={explanation.image}
          geometry={geometryOf(model.backbone.id)}
          map={map}
          alt=""
          onError={complain}
        />
        <span class="small names" aria-hidden="true">
          <bdi class="two-lines">{labels[verdict.truth]}</bdi>
          {predicted !== verdict.truth && (
            <span class="led soft">
              → <bdi class="two-lines">{labels[predicted]}</bdi>
            </span>
          )}
          <span class="soft">{sureWords(verdict)}</span>
        </span>
      </button>
    </li>
  );
}
