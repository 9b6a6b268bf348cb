// The trainings that are kept: when, on what, how good; which one answers, and the way to compare or delete one.
import './trainings.css';
import { useSignal } from '@preact/signals';
import { imagesOfReport, type Model } from '../../../contract/report';
import { announce } from '../../../edges/changes';
import { dateTime, plural, t } from '../../../edges/i18n';
import { chooseModel, keptModels, type ModelSummary } from '../../../edges/store/models';
import { attempt } from '../../parts/complain';
import { Icon } from '../../parts/icon';
import { testedFigure } from '../../parts/tested-words';
import { deleteModels } from '../../workers/delete-models';
import { Confirm } from '../app/confirm';
import { useRead } from '../app/read';
import { model as inUse, modelCount, readModel } from '../app/state';
import { WideTable } from '../app/wide-table';
import { CompareTrainings } from './compare-trainings';

export function Trainings({ model }: { model: Model }) {
  const { value: kept, again } = useRead([inUse, modelCount], keptModels);
  const compared = useSignal<ModelSummary>();
  const doomed = useSignal<ModelSummary>();
  // With one alone there is nothing to choose from.
  if (modelCount.value < 2) return null;
  const changed = async () => {
    announce({ models: true });
    await readModel();
    await again();
  };
  const use = (id: string) => attempt(() => chooseModel(id).then(changed));
  const remove = (id: string) => {
    doomed.value = undefined;
    void attempt(() => deleteModels([id]).then(changed));
  };
  return (
    <div class="card">
      <h2>{t('trainings')}</h2>
      <p class="soft small">{t('trainings_hint')}</p>
      <WideTable name={t('trainings')} class="plain-table trainings">
        <thead>
          <tr>
            <th scope="col">{t('trained_at')}</th>
            <th scope="col">{t('nav_dataset')}</th>
            <th scope="col">{t('accuracy_test')}</th>
            <td />
          </tr>
        </thead>
        {/* While they are read, rows like the one that is known keep their place unseen, so that nothing below moves. */}
        <tbody class={kept ? undefined : 'unread'} aria-busy={!kept}>
          {(kept ?? Array.from({ length: modelCount.value }, () => model)).map((one, i) => (
            <Training
              key={kept ? one.id : i}
              training={one}
              answers={kept ? one.id === model.id : i === 0}
              onUse={() => void use(one.id)}
              onCompare={() => (compared.value = one)}
              onDelete={() => (doomed.value = one)}
            />
          ))}
        </tbody>
      </WideTable>
      {compared.value && (
        <CompareTrainings model={model} other={compared.value.id} onClose={() => (compared.value = undefined)} />
      )}
      {doomed.value && (
        <DeleteQuestion
          training={doomed.value}
          answers={doomed.value.id === model.id}
          onYes={() => doomed.value && remove(doomed.value.id)}
          onClose={() => (doomed.value = undefined)}
        />
      )}
    </div>
  );
}

interface TrainingProps {
  training: ModelSummary;
  /** It is the one in use. */
  answers: boolean;
  onUse: () => void;
  onCompare: () => void;
  onDelete: () => void;
}

function Training({ training: { labels, report }, answers, onUse, onCompare, onDelete }: TrainingProps) {
  const at = dateTime(report.trainedAt);
  return (
    <tr aria-current={answers ? 'true' : undefined}>
      <th scope="row">{at}</th>
      <td>
        {plural('labels_count', labels.length)} · {plural('images', imagesOfReport(report))}
      </td>
      <td>{testedFigure(report)}</td>
      <td>
        <div class="row">
          {answers ? (
            <span class="answers">
              <Icon name="check" size={16} />
              {t('training_answers')}
            </span>
          ) : (
            <>
              <button type="button" class="small" onClick={onUse}>
                {t('use_this_one')}
              </button>
              <button type="button" class="small" onClick={onCompare}>
                {t('compare')}
              </button>
            </>
          )}
          <button type="button" class="quiet small" aria-label={t('delete_training_of', at)} onClick={onDelete}>
            {t('delete')}
          </button>
        </div>
      </td>
    </tr>
  );
}

interface QuestionProps {
  training: ModelSummary;
  /** It is the one in use. */
  answers: boolean;
  onYes: () => void;
  onClose: () => void;
}

function DeleteQuestion({ training, answers, onYes, onClose }: QuestionProps) {
  return (
    <Confirm title={t('delete_training')} action={t('delete_for_good')} danger onYes={onYes} onClose={onClose}>
      <p>{t('delete_training_words', dateTime(training.report.trainedAt))}</p>
      {answers && <p>{t('delete_training_answers')}</p>}
    </Confirm>
  );
}
