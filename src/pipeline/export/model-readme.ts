// The README of model.zip: what the model is, what goes in and out, and whose backbone it is.
import { backboneOf, geometryOf } from '../../backbones';
import { backbonesOf, inputLength } from '../../backbones/together';
import type { Geometry } from '../../contract/backbone';
import type { BackboneInfo } from '../../contract/features';
import { ENOUGH, type Model, type Report, tallyOf } from '../../contract/report';
import { inMarkdown } from './markdown';
import { cardHead } from './model-card';
import type { ModelOptions } from './model-options';

export function modelReadme(model: Model, generator: string, options: ModelOptions, reportPage: boolean): string {
  const { report, backbone } = model;
  const { side } = backboneOf(backbone.family);
  const all = backbonesOf(model);
  const seeded = `
**Seeded weights.** The backbone of this model has random weights. It was made for a test or a demonstration and knows
nothing of images; its answers mean nothing.
`;
  return `${cardHead(model, options)}# Image classifier made with Gleaner
${backbone.weights === 'seeded' ? seeded : ''}
${report.labels.length} classes: ${report.labels.map(inMarkdown).join(', ')}.

${howGood(report)}

Trained ${new Date(report.trainedAt).toISOString()} on ${all.map(onWhich).join(' and ')}, kept frozen, with a head of
kind "${model.head.kind}". \`report.json\` holds everything: architecture, hyper-parameters, counts, history, confusion
matrix, versions. Written by ${inMarkdown(generator)}.

| file | what it is |
|---|---|
${options.formats.map(format => `| \`${format}/\` | the model; \`${format}/README.md\` says how to load it |`).join('\n')}
| \`labels.json\`, \`labels.txt\` | the classes in the order of the model's outputs |
| \`report.json\` | how it was trained and how good it is |
${model.resemblance ? '| `resemblance.json` | what tells an image that is none of the classes, see below |\n' : ''}${reportPage ? '| `report.html` | the same with curves, confusion matrix and images, to look at |\n' : ''}
## What goes in and out

${
  options.headOnly
    ? `In: float32 [batch, ${inputLength(model)}], ${all.map(pooled).join(', then ')}; of ${SEEN[geometryOf(backbone.id)]},\nresized to ${side} × ${side}.`
    : `In: float32 [batch, ${side}, ${side}, 3], red, green and blue from 0 to 255: ${SEEN[geometryOf(backbone.id)]}, resized to\n${side} × ${side}. Nothing has to be subtracted or divided: the conversion is part of the model.`
} Out: [batch, ${report.labels.length}] probabilities.
${options.half ? '\nThe weights are stored as 16-bit floats; probabilities differ from the trained model by at most about 0.001. The files for Keras and Teachable Machine keep 32 bits, the folder `tflite-int8` has 8.\n' : ''}
${model.resemblance ? NONE : ''}## Give it to others

This folder is a model repository as Hugging Face has them; these commands put it there:

\`\`\`sh
pip install huggingface_hub
hf auth login
hf upload image-classifier .
\`\`\`

## Whose backbone it is

${all.map(one => whose(one, options)).join('\n\n')}
`;
}

function howGood(report: Report): string {
  const { right, of } = tallyOf(report.confusion.matrix);
  if (of === 0) return 'How good it is with new images is not known: no image was kept for a test.';
  const said = `Of ${of} test ${of === 1 ? 'image' : 'images'}, from which it has not learnt, it got ${right} right`;
  if (of < ENOUGH) return `${said}: too few to say how good it is.`;
  const range = report.testInterval?.map(share => `${(100 * share).toFixed(0)}%`).join(' to ');
  return `${said}: an accuracy of ${((100 * right) / of).toFixed(1)}%${range ? ` (95% interval ${range})` : ''}.`;
}

function onWhich({ family, id }: BackboneInfo): string {
  return `the ${backboneOf(family).network} backbone (${inMarkdown(id)})`;
}

/** What a head alone is fed of one backbone. */
function pooled({ family }: BackboneInfo): string {
  const { network, layers, length } = backboneOf(family);
  return `the mean over the positions of the last activations of ${network} (${layers.at(-1)?.name}, ${length} values)`;
}

const NONE = `## None of these

The probabilities always sum to 1, whatever is in the image. \`resemblance.json\` tells whether it resembles anything that
was learnt: \`means\` holds one direction for each class, and where the cosine of the image’s features (what the head reads,
the output of \`avg_pool\`) to the nearest of them is below \`least\`, it is none of these. The threshold lets 98.5 % of the
images learnt from pass, each judged by means made without it. Something quite different is noticed nearly always; something of
the same kind, such as another person among persons, usually is not. The page that Gleaner saves under
Share applies it; the networks here are without it.

`;

/** What a backbone sees of an image, in words. */
const SEEN: Record<Geometry, string> = {
  crop: 'the middle square of the upright image',
  squash: 'the whole upright image, squashed to a square',
};

function whose(backbone: BackboneInfo, { headOnly }: ModelOptions): string {
  const { network, licence, source, builtIn } = backboneOf(backbone.family);
  /** Its licence lies beside the model. */
  const enclosed = builtIn !== undefined && backbone.packed === true && !headOnly;
  const weights = `Weights: ${inMarkdown(backbone.source)}.`;
  if (!enclosed) return `${network}: ${inMarkdown(source)}; ${licence.name}, ${inMarkdown(licence.url)}. ${weights}`;
  return `${network}: ${inMarkdown(source)}. ${weights} Licence: ${licence.name}, whose text and notice lie in \`backbone/\`. Changed: batch norm
folded into the convolutions, and the head of this model in the place of ImageNet’s.`;
}
