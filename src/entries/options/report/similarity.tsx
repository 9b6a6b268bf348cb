// How alike the backbone finds images: two of each label, or those someone chose, with thumbnails on both axes.
import { useSignal } from '@preact/signals';
import { useEffect, useRef } from 'preact/hooks';
import type { Model } from '../../../contract/report';
import { number, plural, t } from '../../../edges/i18n';
import { Note } from '../../parts/note';
import { useRead } from '../app/read';
import { SaveButtons } from '../app/save-buttons';
import { type Compared, chosenImages, compare, takeAsked, twoOfEach } from '../image/compared';
import { Thumb } from '../image/thumb';
import { ChooseImages } from './choose-images';
import { drawMatrix } from './draw-matrix';
import { embeddedImages } from './embedded-images';
import { likeness } from './shade';
import { SimilarityTable } from './similarity-table';

/** Height of a row of the matrix with its gap, in CSS pixels. */
const ROW = 50;

export function Similarity({ model }: { model: Model }) {
  const choosing = useSignal(false);
  const chosen = chosenImages.value;
  const shown = chosen ?? twoOfEach(model);
  const { value: compared } = useRead([], () => compare(model, shown), [model.id, shown.join()]);
  const place = useRef<HTMLDivElement>(null);
  useEffect(() => {
    if (takeAsked()) place.current?.scrollIntoView();
  }, []);
  const left = shown.length - (compared?.images.length ?? shown.length);
  return (
    <div class="card" ref={place}>
      <div class="row">
        <h2>{t('similarity')}</h2>
        {compared && <SaveButtons title={t('similarity')} file="similarity" drawing={() => draw(compared)} />}
      </div>
      <p class="soft small">{t('similarity_hint')}</p>
      <div class="row">
        <button type="button" onClick={() => (choosing.value = true)}>
          {t('choose_pictures')}
        </button>
        {chosen && (
          <button type="button" class="quiet" onClick={() => (chosenImages.value = undefined)}>
            {t('two_of_each')}
          </button>
        )}
      </div>
      {chosen && left > 0 && <Note kind="info">{plural('not_compared', left)}</Note>}
      {/* The place is kept while the cosines are computed, so that nothing below moves. */}
      <div style={{ minHeight: `${(shown.length + 1) * ROW}px` }}>{compared && <Matrix compared={compared} />}</div>
      {choosing.value && (
        <ChooseImages
          model={model}
          chosen={shown}
          onChoose={sha256s => (chosenImages.value = sha256s)}
          onClose={() => (choosing.value = false)}
        />
      )}
    </div>
  );
}

function Matrix({ compared }: { compared: Compared }) {
  if (compared.images.length < 2) return <p class="soft">{t('too_few_to_compare')}</p>;
  return <SimilarityTable compared={compared} image={({ sha256 }, name) => <Thumb sha256={sha256} alt={name} />} />;
}

async function draw(compared: Compared = { images: [], matrix: [] }): Promise<SVGSVGElement> {
  const { images, matrix } = compared;
  const addresses = await embeddedImages(images.map(({ sha256 }) => sha256));
  const axis = images.map(({ sha256, label }) => ({ label, image: addresses.get(sha256) }));
  const share = likeness(matrix);
  const cells = matrix.flatMap((values, row) =>
    values.map((value, column) => ({ row, column, share: share(value), words: number(value, 2) })),
  );
  return drawMatrix({ rows: axis, columns: axis, cells });
}
