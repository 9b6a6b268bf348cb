// Two quiet buttons that save a drawing as SVG or as PNG.
import { t } from '../../../edges/i18n';
import { saveFile } from '../../../edges/save-file';
import { attempt } from '../../parts/complain';
import { chartImage } from './chart-image';

interface Props {
  title: string;
  /** Name of the saved file, without its ending. */
  file: string;
  /** The drawing: the one on the page, or one made for this, which is put into the page as long as it takes. */
  drawing: () => SVGSVGElement | null | undefined | Promise<SVGSVGElement>;
}

export function SaveButtons({ title, file, drawing }: Props) {
  const save = (type: 'svg' | 'png') =>
    attempt(async () => {
      const found = await drawing();
      if (found) await saveFile(await chartImage(found, type), `${file}.${type}`);
    });
  return (
    <span class="chart-save">
      {(['svg', 'png'] as const).map(type => (
        <button
          key={type}
          type="button"
          class="quiet small"
          aria-label={t('save_as', title, type.toUpperCase())}
          onClick={() => save(type)}
        >
          {type.toUpperCase()}
        </button>
      ))}
    </span>
  );
}
