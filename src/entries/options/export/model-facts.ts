// What a card says of the model it saves: how many labels, how good on the test images, about how large the file.
import type { Model } from '../../../contract/report';
import { byteSize, plural, t } from '../../../edges/i18n';
import { testedWords } from '../../parts/tested-words';

export function modelFacts({ labels, report }: Model, bytes: number): string {
  const facts = [plural('labels_count', labels.length), testedWords(report), t('about_size', byteSize(bytes))];
  return facts.filter(Boolean).join(' · ');
}
