// The similarity matrix with its pictures on both axes, as the file holds it.
import { t } from '../../../../edges/i18n';
import { SimilarityTable } from '../similarity-table';
import type { ReportContent } from './content';

export function Similarity({ compared, pictures }: ReportContent) {
  if (compared.pictures.length < 2) return null;
  return (
    <section class="card">
      <h2>{t('similarity')}</h2>
      <p class="soft small">{t('similarity_hint')}</p>
      <SimilarityTable
        compared={compared}
        picture={({ sha256, label }, name) => <img src={pictures.get(sha256)} alt={name} title={label} />}
      />
    </section>
  );
}
