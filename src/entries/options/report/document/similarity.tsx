// The similarity matrix with its images on both axes, as the file holds it.
import { t } from '../../../../edges/i18n';
import { SimilarityTable } from '../similarity-table';
import type { ReportContent } from './content';

export function Similarity({ compared, images }: ReportContent) {
  if (compared.images.length < 2) return null;
  return (
    <section class="card">
      <h2>{t('similarity')}</h2>
      <p class="soft small">{t('similarity_hint')}</p>
      <SimilarityTable
        compared={compared}
        image={({ sha256, label }, name) => <img src={images.get(sha256)} alt={name} title={label} />}
      />
    </section>
  );
}
