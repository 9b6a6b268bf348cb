// Where an image came from and what is known of it.
import './provenance.css';
import type { Sample } from '../../../contract/sample';
import { byteSize, dateTime, t } from '../../../edges/i18n';
import type { Flag } from '../../../pipeline/bucket/flags';
import { isolate } from '../../../pipeline/bucket/label-name';
import { Icon } from '../../parts/icon';
import { webAddress } from '../app/web-address';
import { sourceName } from './source-name';

interface Props {
  sample: Sample;
  flags: readonly Flag[];
  /** The name of the label it was deleted from, where that is known. */
  deletedFrom?: string | undefined;
}

export function Provenance({ sample, flags, deletedFrom }: Props) {
  const { candidate, provenance } = sample;
  return (
    <dl class="facts">
      <dt>{t('fact_size')}</dt>
      <dd>
        {t('pixels', sample.width, sample.height)} · {sample.type} · {byteSize(sample.bytes)}
      </dd>
      {sample.deletedAt === undefined ? (
        <>
          <dt>{t('fact_split')}</dt>
          <dd>{t(`split_${sample.split}`)}</dd>
        </>
      ) : (
        <>
          <dt>{t('fact_deleted')}</dt>
          <dd>
            {deletedFrom === undefined
              ? dateTime(sample.deletedAt)
              : t('deleted_from_at', isolate(deletedFrom), dateTime(sample.deletedAt))}
          </dd>
        </>
      )}
      {flags.length > 0 && (
        <>
          <dt>{t('flags')}</dt>
          <dd class="row">
            {flags.map(flag => (
              <span key={flag} class="flag">
                <Icon name={flag} size={16} />
                {t(`flag_${flag}`)}
              </span>
            ))}
          </dd>
        </>
      )}
      <Fact name={t('fact_image')} address={provenance.downloadedFrom ?? candidate.url} />
      {provenance.downloadedFrom && <Fact name={t('fact_tried')} address={candidate.url} />}
      <Fact name={t('fact_source')} address={candidate.sourcePage} />
      <Fact name={t('fact_search')} address={provenance.pageUrl} />
      {provenance.query && (
        <>
          <dt>{t('fact_query')}</dt>
          <dd>
            <bdi>{provenance.query}</bdi> ({sourceName(provenance.engine)})
          </dd>
        </>
      )}
      <dt>{t('fact_time')}</dt>
      <dd>{dateTime(provenance.harvestedAt)}</dd>
      <dt>{t('fact_licence')}</dt>
      <dd>{candidate.licence ?? t(provenance.engine === 'own' ? 'licence_own' : 'licence_unknown')}</dd>
    </dl>
  );
}

function Fact({ name, address }: { name: string; address: string | undefined }) {
  const link = webAddress(address);
  if (!link) return null;
  return (
    <>
      <dt>{name}</dt>
      <dd>
        <a class="one-line" href={link} title={link} target="_blank" rel="noopener noreferrer">
          {link}
        </a>
      </dd>
    </>
  );
}
