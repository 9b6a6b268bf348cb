// The pictures found for two labels that nobody has settled yet, read again when samples or duplicates come or go.
import { computed, signal } from '@preact/signals';
import type { Claim } from '../../../contract/claim';
import { openClaims } from '../../../edges/store/claims';
import { useKeptFresh } from '../app/read';
import { jobsVersion, samplesVersion } from '../app/state';

const claims = signal<Claim[]>([]);

/** Claims by the label they concern: that of the picture, and that it was found for. */
export const claimsOf = computed(() => {
  const byLabel = new Map<string, Claim[]>();
  for (const claim of claims.value) {
    for (const labelId of [claim.labelId, claim.sample.labelId])
      byLabel.set(labelId, [...(byLabel.get(labelId) ?? []), claim]);
  }
  return byLabel;
});

/** Keeps the claims fresh while the component stands. */
export function useClaims(): void {
  useKeptFresh([samplesVersion, jobsVersion], async signal => {
    const found = await openClaims();
    if (!signal.aborted) claims.value = found;
  });
}
