// How alike the backbone finds two images of each label and those of the others: a table with thumbnails on its axes.
import { useSignal } from '@preact/signals';
import { useEffect } from 'preact/hooks';
import type { Model } from '../../../contract/report';
import { number, t } from '../../../edges/i18n';
import { Thumb } from '../dataset/tile';
import { complain } from '../notices';
import { WideTable } from '../wide-table';
import { type Compared, compare, twoOfEach } from './compared';
import { likeness, shade } from './shade';

export function Similarity({ model }: { model: Model }) {
  const compared = useSignal<Compared>();
  useEffect(() => {
    compare(model, twoOfEach(model)).then(found => (compared.value = found), complain);
  }, [model.id]);
  if (!compared.value || compared.value.pictures.length < 2) return null;
  const { pictures, matrix } = compared.value;
  const share = likeness(matrix);
  const name = (index: number) => t('nth_of', pictures[index]?.nth ?? 0, pictures[index]?.label ?? '');
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
                <td key={pictures[column]?.sha256} class={shade(share(value))}>
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
