// What is worth saying of a dataset before training on it: what stops a training, and what makes a poor one.
import { splitTotal } from '../../contract/sample';

/** Images per label from which training goes well; the number the app advises. */
const ADVISED_IMAGES = 20;
/** How many times larger than the smallest label the largest may be before it is worth a word. */
const UNEVEN = 5;

export interface LabelSize {
  name: string;
  train: number;
  valid: number;
  test: number;
}

/** `stops` says that training cannot begin. The words fill the gaps of the sentence `advice_<code>`, behind a count where there is one. */
export interface Advice {
  code: 'no-labels' | 'one-label' | 'empty-label' | 'few-images' | 'no-train' | 'no-valid' | 'no-test' | 'uneven';
  count?: number;
  words: string[];
  stops: boolean;
}

/** What to say of these labels, the gravest first. Labels without a training image take no part in a training. */
export function advise(labels: readonly LabelSize[]): Advice[] {
  const full = labels.filter(label => splitTotal(label) > 0);
  const advice: Advice[] = [];
  if (full.length === 0) return [{ code: 'no-labels', words: [], stops: true }];
  // Before there are two labels with images, how many there are of each is no matter yet.
  const early = full.length < 2;
  if (early) advice.push({ code: 'one-label', words: [full[0]!.name], stops: true });
  const stops = full.filter(label => label.train > 0).length < 2;
  for (const label of labels) {
    if (splitTotal(label) === 0) advice.push({ code: 'empty-label', words: [label.name], stops: false });
    else if (early) continue;
    else if (label.train === 0) advice.push({ code: 'no-train', words: [label.name], stops });
    else if (splitTotal(label) < ADVISED_IMAGES)
      advice.push({
        code: 'few-images',
        count: splitTotal(label),
        words: [label.name, String(ADVISED_IMAGES)],
        stops: false,
      });
  }
  if (early) return advice;
  if (full.every(label => label.valid === 0)) advice.push({ code: 'no-valid', words: [], stops: false });
  if (full.every(label => label.test === 0)) advice.push({ code: 'no-test', words: [], stops: false });
  const sizes = full.map(splitTotal);
  const [least, most] = [Math.min(...sizes), Math.max(...sizes)];
  if (most > UNEVEN * least) advice.push({ code: 'uneven', words: [String(most), String(least)], stops: false });
  return advice;
}
