// The similarity matrix with its pictures on both axes, as the file holds it.
import { number, t } from '../../../../edges/i18n';
import { inFull } from '../../../../pipeline/bucket/label-name';
import { WideTable } from '../../wide-table';
import { likeness, shade } from '../shade';
import type { ReportContent } from './content';

export function Similarity({ compared: { pictures: shown, matrix }, pictures }: ReportContent) {
  if (shown.length < 2) return null;
  const share = likeness(matrix);
  const picture = ({ sha256, label, nth }: (typeof shown)[number]) => (
    <img src={pictures.get(sha256)} alt={t('nth_of', nth, inFull(label))} title={label} />
  );
  return (
    <section class="card">
      <h2>{t('similarity')}</h2>
      <p class="soft small">{t('similarity_hint')}</p>
      <WideTable name={t('similarity')} class="matrix similarity">
        <thead>
          <tr>
            <td />
            {shown.map(one => (
              <th key={one.sha256} scope="col">
                {picture(one)}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {shown.map((one, i) => (
            <tr key={one.sha256}>
              <th scope="row">
                <span class="row">
                  <bdi class="one-line" title={one.label}>
                    {one.label}
                  </bdi>
                  {picture(one)}
                </span>
              </th>
              {matrix[i]?.map((value, j) => (
                <td key={shown[j]?.sha256} class={shade(share(value))}>
                  {number(value, 2)}
                </td>
              ))}
            </tr>
          ))}
        </tbody>
      </WideTable>
    </section>
  );
}
