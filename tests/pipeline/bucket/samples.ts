// Rows of the dataset for tests of what is shown of them.
import type { Sample } from '../../../src/contract/sample';

export function sample(sha256: string, change: Partial<Sample> = {}): Sample {
  return {
    sha256,
    labelId: 'l',
    split: 'train',
    type: 'jpeg',
    bytes: 1,
    width: 200,
    height: 200,
    dHash: '',
    group: sha256,
    candidate: { url: '' },
    provenance: { engine: '', query: '', pageUrl: '', harvestedAt: 0 },
    harvestId: '',
    addedAt: 0,
    ...change,
  };
}

export const names = (samples: readonly Sample[]) => samples.map(one => one.sha256).join('');
