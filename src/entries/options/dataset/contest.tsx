// A picture found for two labels: which they are, and the choice between them.
import type { Claim } from '../../../contract/claim';
import type { Label } from '../../../contract/label';
import type { Sample } from '../../../contract/sample';
import { t } from '../../../edges/i18n';
import { named } from '../../../pipeline/bucket/label-name';
import { Icon } from '../../parts/icon';

interface Props {
  claim: Claim;
  labels: Label[];
  onKeep?: ((claim: Claim) => void) | undefined;
  onMove?: ((samples: Sample[], to: Label) => void) | undefined;
}

export function Contest({ claim, labels, onKeep, onMove }: Props) {
  const stands = labels.find(label => label.id === claim.sample.labelId);
  const other = labels.find(label => label.id === claim.labelId);
  if (!stands || !other) return null;
  return (
    <section class="note warn contest" aria-label={t('flag_contested')}>
      <Icon name="contested" />
      <div class="stack">
        <p>{t('found_also', named(stands.name), named(other.name))}</p>
        <div class="row">
          <button type="button" title={stands.name} onClick={() => onKeep?.(claim)}>
            <span class="one-line">{t('keep_in', named(stands.name))}</span>
          </button>
          <button type="button" title={other.name} onClick={() => onMove?.([claim.sample], other)}>
            <span class="one-line">{t('move_into', named(other.name))}</span>
          </button>
        </div>
      </div>
    </section>
  );
}
