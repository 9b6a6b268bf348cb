// Two models side by side: fairly, on the test images that both were tested with, and label by label.
import type { Model, Tally, Verdict } from '../../contract/report';
import { tallyOfVerdicts } from './verdicts';

type Judged = Pick<Model, 'labels' | 'verdicts'>;

export interface LabelBesides {
  id: string;
  /** The name in the first model that knows it. */
  name: string;
  /** Missing where the model does not know the label. */
  one: Tally | undefined;
  other: Tally | undefined;
}

export interface Comparison {
  /** Of the test images that both were tested with, under the same label. */
  one: Tally;
  other: Tally;
  /** The labels of the first, then those that the other alone knows; counted over the same images. */
  labels: LabelBesides[];
}

/**
 * Compares by the images both held out: an image keeps its split as others come and go, so that these are the same question
 * asked twice. One that stands under another label since is left out, as its truth is not the same.
 */
export function compareModels(one: Judged, other: Judged): Comparison {
  const asked = new Map(tested(other).map(verdict => [verdict.sha256, verdict]));
  const both = tested(one).flatMap(mine => {
    const its = asked.get(mine.sha256);
    return its && labelOf(one, mine) === labelOf(other, its) ? [{ id: labelOf(one, mine), mine, its }] : [];
  });
  const tally = (side: 'mine' | 'its', id?: string): Tally => {
    const some = both.filter(pair => id === undefined || pair.id === id);
    return tallyOfVerdicts(some.map(pair => pair[side]));
  };
  const names = new Map([...other.labels, ...one.labels].map(({ id, name }) => [id, name]));
  const ids = new Set([...one.labels, ...other.labels].map(({ id }) => id));
  return {
    one: tally('mine'),
    other: tally('its'),
    labels: [...ids].map(id => ({
      id,
      name: names.get(id) ?? '',
      one: one.labels.some(label => label.id === id) ? tally('mine', id) : undefined,
      other: other.labels.some(label => label.id === id) ? tally('its', id) : undefined,
    })),
  };
}

function tested({ verdicts }: Judged): Verdict[] {
  return verdicts.filter(({ split }) => split === 'test');
}

function labelOf({ labels }: Judged, { truth }: Verdict): string {
  return labels[truth]?.id ?? '';
}
