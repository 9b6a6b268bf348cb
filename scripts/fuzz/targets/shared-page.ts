// The shared page reads what lies in it, which may have been cut off or changed on its way.
import { openModel } from '../../../src/entries/share-page/shared-model';
import { sharedWords } from '../../../src/entries/share-page/shared-words';
import { fromBase64, toBase64 } from '../../../src/formats/base64';
import { mutateJson } from '../mutate';
import { type Target, text, textIn } from '../target';

const BYTES = Uint8Array.from({ length: 100 }, (_, i) => i);
const WORDS = {
  labels: ['a', 'b'],
  backbone: {
    id: 'efficientnet-lite0-b162cb0e1da74881-crop224',
    family: 'efficientnet-lite0',
    weights: 'imagenet',
    source: 'a',
  },
  head: 'linear',
  testAccuracy: 0.5,
  tested: 10,
  learnt: 80,
  trainedAt: 0,
  gleaner: '1.0.0',
  licences: ['b'],
  arrays: [
    { name: 'stem_conv/kernel', length: 30, bits: 16 },
    { name: 'head/b', length: 10, bits: 32 },
  ],
};

export const sharedPageTargets: Target[] = [
  text({
    name: 'base64',
    of: ['formats/base64'],
    tokens: ['AAAA', '====', 'A ='],
    samples: () => [[...toBase64([BYTES])].join('')],
    run: letters => fromBase64(letters, Math.floor((letters.length * 3) / 4)),
  }),
  textIn({
    name: 'shared-model',
    of: ['entries/share-page/shared-model', 'entries/share-page/shared-words'],
    tokens: ['{"name":"head/w","length":9,"bits":16},', '"length":1e9,'],
    samples: () => [JSON.stringify(WORDS)],
    mutate: mutateJson,
    // A page with these words and a hundred bytes of numbers.
    prepare: words => {
      const texts: Record<string, string> = { model: words, numbers: [...toBase64([BYTES])].join('') };
      const getElementById = (id: string) => ({ textContent: texts[id], remove: () => undefined });
      return { getElementById } as unknown as Document;
    },
    run: page => openModel(sharedWords(page), page),
    refusals: /^shared_damaged/,
  }),
];
