// Two trainings beside each other: on what, how good on the same images, and which labels gained or lost.
import { imagesOfReport, type Model, type Tally } from '../../../contract/report';
import { dateTime, number, plural, t } from '../../../edges/i18n';
import { modelById } from '../../../edges/store/models';
import { compareModels } from '../../../pipeline/report/compare-models';
import { testedFigure } from '../../parts/tested-words';
import { Dialog } from '../app/dialog';
import { useRead } from '../app/read';
import { WideTable } from '../app/wide-table';

interface Props {
  model: Model;
  /** Id of the other. */
  other: string;
  onClose: () => void;
}

export function CompareTrainings({ model, other, onClose }: Props) {
  const { value: beside } = useRead([], () => modelById(other), [other]);
  return (
    <Dialog title={t('compare_trainings')} wide onClose={onClose}>
      {beside ? <Beside one={model} other={beside} /> : <p role="status">{t('looking')}</p>}
    </Dialog>
  );
}

function Beside({ one, other }: { one: Model; other: Model }) {
  const compared = compareModels(one, other);
  const { of } = compared.one;
  return (
    <>
      <p>
        {of > 0
          ? plural('compared_same', of, number(compared.one.right), number(compared.other.right))
          : t('compared_none_same')}
      </p>
      <WideTable name={t('compare_trainings')} class="plain-table compared">
        <thead>
          <tr>
            <td />
            <th scope="col">{t('this_training')}</th>
            <th scope="col">{t('other_training')}</th>
            <th scope="col" class="number">
              {t('difference')}
            </th>
          </tr>
        </thead>
        <tbody>
          <Row name={t('trained_at')} words={[one, other].map(({ report }) => dateTime(report.trainedAt))} />
          <Row
            name={t('nav_dataset')}
            words={[one, other].map(model => plural('images', imagesOfReport(model.report)))}
          />
          <Row name={t('accuracy_test')} words={[one, other].map(({ report }) => testedFigure(report))} />
          {of > 0 &&
            compared.labels.map(({ id, name, one: mine, other: its }) => (
              <Row key={id} name={name} words={[tallyWords(mine), tallyWords(its)]} by={pointsBetween(mine, its)} />
            ))}
        </tbody>
      </WideTable>
    </>
  );
}

function Row({ name, words, by }: { name: string; words: string[]; by?: string }) {
  return (
    <tr>
      <th scope="row" title={name}>
        <bdi class="two-lines">{name}</bdi>
      </th>
      <td>{words[0]}</td>
      <td>{words[1]}</td>
      <td class="number">{by}</td>
    </tr>
  );
}

/** Of a label one of them does not know: said so; of one without images of both: a dash. */
function tallyWords(tally: Tally | undefined): string {
  if (!tally) return t('label_not_known');
  return tally.of === 0 ? '–' : t('right_among', number(tally.right), number(tally.of));
}

/** "+12 points"; nothing where one of them does not know the label or no image was asked of both. */
function pointsBetween(one: Tally | undefined, other: Tally | undefined): string {
  if (!one || !other || one.of === 0 || other.of === 0) return '';
  const by = Math.round(100 * (one.right / one.of - other.right / other.of));
  return by === 0 ? t('same') : `${by > 0 ? '+' : '−'}${plural('points', Math.abs(by))}`;
}
