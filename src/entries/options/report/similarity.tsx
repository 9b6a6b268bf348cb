// How alike the backbone finds two images of each label and those of the others: a table with thumbnails on its axes.
import { useSignal } from '@preact/signals';
import { useEffect } from 'preact/hooks';
import type { Model } from '../../../contract/report';
import { number, t } from '../../../edges/i18n';
import { getFeatures } from '../../../edges/store/features';
import { similarityMatrix } from '../../../pipeline/report/similarity';
import { Thumb } from '../dataset/tile';
import { complain } from '../notices';
import { WideTable } from '../wide-table';

const PER_LABEL = 2;
/** Labels shown at most: beyond that the cells no longer hold their numbers. */
const LABELS = 8;

interface Compared {
  pictures: { sha256: string; label: string }[];
  matrix: number[][];
}

export function Similarity({ model }: { model: Model }) {
  const compared = useSignal<Compared>();
  useEffect(() => {
    compare(model).then(found => (compared.value = found), complain);
  }, [model.id]);
  if (!compared.value || compared.value.pictures.length < 2) return null;
  const { pictures, matrix } = compared.value;
  const name = (index: number) => t('nth_of', (index % PER_LABEL) + 1, pictures[index]?.label ?? '');
  return (
    <div class="card">
      <h2>{t('similarity')}</h2>
      <p class="soft small">{t('similarity_hint')}</p>
      <WideTable name={t('similarity')} class="matrix similarity">
        <thead>
          <tr>
            <td />
            {pictures.map(({ sha256 }, index) => (
              <th key={sha256} scope="col">
                <Thumb sha256={sha256} alt={name(index)} />
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {matrix.map((row, index) => (
            <tr key={pictures[index]?.sha256}>
              <th scope="row">
                <span class="row">
                  <bdi class="one-line">{pictures[index]?.label}</bdi>
                  <Thumb sha256={pictures[index]?.sha256 ?? ''} alt={name(index)} />
                </span>
              </th>
              {row.map((value, column) => (
                <td key={pictures[column]?.sha256} class={`shade-${Math.min(5, Math.max(0, Math.ceil(value * 5)))}`}>
                  {number(value, 2)}
                </td>
              ))}
            </tr>
          ))}
        </tbody>
      </WideTable>
    </div>
  );
}

/** Two held-out images of each label, those with cached features, and their cosines. */
async function compare(model: Model): Promise<Compared> {
  const wanted = model.report.labels.slice(0, LABELS).flatMap((label, truth) =>
    model.verdicts
      .filter(verdict => verdict.truth === truth && verdict.split !== 'train')
      .slice(0, PER_LABEL)
      .map(({ sha256 }) => ({ sha256, label })),
  );
  const features = await getFeatures(
    model.backbone.id,
    wanted.map(({ sha256 }) => sha256),
  );
  const pictures = wanted.filter((_, index) => features[index]);
  return { pictures, matrix: similarityMatrix(features.flatMap(one => (one ? [one.m] : []))) };
}
