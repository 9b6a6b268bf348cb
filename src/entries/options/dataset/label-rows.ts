// The rows of the label on screen: read page by page, read again when samples change.
import { useSignal } from '@preact/signals';
import { useEffect } from 'preact/hooks';
import type { Sample } from '../../../contract/sample';
import { allSamplesOf } from '../changes';
import { complain } from '../notices';
import { samplesVersion } from '../state';

/** All live samples of a label, oldest first; undefined until the first page is there. */
export function useLabelRows(labelId: string): Sample[] | undefined {
  const rows = useSignal<{ labelId: string; samples: Sample[] }>();
  const version = samplesVersion.value;
  useEffect(() => {
    let current = true;
    const known = rows.value?.labelId === labelId;
    allSamplesOf(labelId, (samples, complete) => {
      // The first reading shows each page as it comes; later ones swap whole, so that the grid does not shrink and grow.
      if (current && (complete || !known)) rows.value = { labelId, samples: [...samples] };
      return current;
    }).catch(complain);
    return () => {
      current = false;
    };
  }, [labelId, version]);
  return rows.value?.labelId === labelId ? rows.value.samples : undefined;
}
