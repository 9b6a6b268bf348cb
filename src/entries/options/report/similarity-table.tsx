// The similarity matrix as a table with images on both axes, on the screen and in the report's file alike.
import './matrix.css';
import type { ComponentChildren } from 'preact';
import { number, t } from '../../../edges/i18n';
import { isolate } from '../../../pipeline/bucket/label-name';
import { WideTable } from '../app/wide-table';
import type { Compared } from '../image/compared';
import { likeness, shade } from './shade';

type One = Compared['images'][number];

interface Props {
  compared: Compared;
  /** Shows one of the images; `name` says in words which. */
  image: (one: One, name: string) => ComponentChildren;
}

export function SimilarityTable({ compared: { images, matrix }, image }: Props) {
  const share = likeness(matrix);
  const show = (one: One) => image(one, t('nth_of', one.nth, isolate(one.label)));
  return (
    <WideTable name={t('similarity')} class="matrix similarity">
      <thead>
        <tr>
          <td />
          {images.map(one => (
            <th key={one.sha256} scope="col">
              {show(one)}
            </th>
          ))}
        </tr>
      </thead>
      <tbody>
        {images.map((one, row) => (
          <tr key={one.sha256}>
            <th scope="row">
              <span class="row">
                <bdi class="two-lines" title={one.label}>
                  {one.label}
                </bdi>
                {show(one)}
              </span>
            </th>
            {matrix[row]?.map((value, column) => (
              <td key={images[column]?.sha256} class={shade(share(value))}>
                {number(value, 2)}
              </td>
            ))}
          </tr>
        ))}
      </tbody>
    </WideTable>
  );
}
