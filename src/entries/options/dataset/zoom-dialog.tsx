// One image in full with where it came from; arrows lead to its neighbours, Delete removes it and shows the next.
import { useSignal } from '@preact/signals';
import { useEffect } from 'preact/hooks';
import type { Sample } from '../../../contract/sample';
import { byteSize, dateTime, t } from '../../../edges/i18n';
import { blobOf } from '../../../edges/store/samples';
import { Icon } from '../../parts/icon';
import { useObjectUrl } from '../../parts/object-url';
import { Dialog } from '../dialog';
import { complain } from '../notices';
import { model } from '../state';
import { webAddress } from '../web-address';
import { LookedAt } from './looked-at';

interface Props {
  samples: Sample[];
  sha256: string;
  onShow: (sha256: string | undefined) => void;
  onDelete?: (sample: Sample) => void;
  onClose: () => void;
}

export function ZoomDialog({ samples, sha256, onShow, onDelete, onClose }: Props) {
  const index = samples.findIndex(sample => sample.sha256 === sha256);
  const sample = samples[index];
  const blob = useSignal<{ sha256: string; blob?: Blob }>();
  useEffect(() => {
    let current = true;
    blobOf(sha256).then(found => {
      if (current) blob.value = found ? { sha256, blob: found } : { sha256 };
    }, complain);
    return () => {
      current = false;
    };
  }, [sha256]);
  const read = blob.value?.sha256 === sha256 ? blob.value : undefined;
  const url = useObjectUrl(read?.blob);

  const go = (by: number) => {
    const next = samples[index + by];
    if (next) onShow(next.sha256);
  };
  const remove = () => {
    if (!sample || !onDelete) return;
    onShow((samples[index + 1] ?? samples[index - 1])?.sha256);
    onDelete(sample);
  };
  const keyDown = (event: KeyboardEvent) => {
    if (event.key === 'ArrowLeft') go(-1);
    else if (event.key === 'ArrowRight') go(1);
    else if (event.key === 'Delete') remove();
    else return;
    event.preventDefault();
  };

  return (
    <Dialog title={sample?.candidate.title || t('image')} wide onClose={onClose} onKeyDown={keyDown}>
      {sample ? (
        <div class="zoom">
          <div class="zoom-picture">
            {url && <img src={url} alt={sample.candidate.title ?? ''} />}
            {read && !read.blob && <p class="soft">{t('image_lost')}</p>}
            {samples.length > 1 && (
              <>
                <button
                  type="button"
                  class="previous"
                  aria-label={t('previous_image')}
                  disabled={index <= 0}
                  onClick={() => go(-1)}
                >
                  <Icon name="previous" />
                </button>
                <button
                  type="button"
                  class="next"
                  aria-label={t('next_image')}
                  disabled={index >= samples.length - 1}
                  onClick={() => go(1)}
                >
                  <Icon name="next" />
                </button>
              </>
            )}
          </div>
          <div class="stack">
            <Provenance sample={sample} />
            {model.value && read?.blob && <LookedAt key={sha256} sha256={sha256} picture={read.blob} />}
            {onDelete && (
              <div>
                <button type="button" class="danger" onClick={remove}>
                  {t('delete_image')}
                </button>
              </div>
            )}
          </div>
        </div>
      ) : (
        <p class="soft">{t('image_gone')}</p>
      )}
    </Dialog>
  );
}

function Provenance({ sample }: { sample: Sample }) {
  const { candidate, provenance } = sample;
  return (
    <dl class="facts">
      <dt>{t('fact_size')}</dt>
      <dd>
        {t('pixels', sample.width, sample.height)} · {sample.type} · {byteSize(sample.bytes)}
      </dd>
      <dt>{t('fact_split')}</dt>
      <dd>{t(`split_${sample.split}`)}</dd>
      <Fact name={t('fact_image')} address={candidate.url} />
      <Fact name={t('fact_source')} address={candidate.sourcePage} />
      <Fact name={t('fact_search')} address={provenance.pageUrl} />
      {provenance.query && (
        <>
          <dt>{t('fact_query')}</dt>
          <dd>
            <bdi>{provenance.query}</bdi> ({provenance.engine})
          </dd>
        </>
      )}
      <dt>{t('fact_time')}</dt>
      <dd>{dateTime(provenance.harvestedAt)}</dd>
      <dt>{t('fact_licence')}</dt>
      <dd>{t('licence_unknown')}</dd>
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
