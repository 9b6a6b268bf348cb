// How Python gives a model its image, in the READMEs of the formats that Python loads.
import type { Loading } from './model-format';

/** Where the programs stand, and what they read. */
export function where({ headOnly }: Loading): string {
  const beside = headOnly ? '`features.npy` (float32 [images, features])' : '`picture.jpg` (an image of any type)';
  return `Run it in the folder that holds \`labels.json\`, with ${beside} beside it.`;
}

/** The image as Pillow reads it, upright. */
const UPRIGHT = "ImageOps.exif_transpose(Image.open('picture.jpg')).convert('RGB')";

/** A program of these imports and lines; `x` is its input, `probabilities` what the lines find. */
export function inPython(packages: string, imports: string[], lines: string[], loading: Loading): string {
  const { headOnly, side, geometry } = loading;
  const square = `(${side}, ${side})`;
  const seen = geometry === 'crop' ? `ImageOps.fit(${UPRIGHT}, ${square})` : `${UPRIGHT}.resize(${square})`;
  const x = headOnly ? "numpy.load('features.npy').astype('float32')[:1]" : `numpy.asarray(${seen}, 'float32')[None]`;
  return `${where(loading)}

\`\`\`sh
pip install ${packages}${headOnly ? '' : ' pillow'}
\`\`\`

\`\`\`python
import json

import numpy
${[...imports, ...(headOnly ? [] : ['from PIL import Image, ImageOps'])].join('\n')}

x = ${x}
${lines.join('\n')}
with open('labels.json', encoding='utf-8') as file:
    for label, p in zip(json.load(file), probabilities):
        print(f'{label}: {p:.4f}')
\`\`\`
`;
}
