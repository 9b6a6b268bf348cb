// The head of model.zip's README by which Hugging Face knows a model, and the file by which git keeps its weights.
import { backboneOf } from '../../backbones';
import { ENOUGH, type Model, tallyOf } from '../../contract/report';
import { textEntry, type ZipEntry } from '../../formats/zip/write';
import { modelFormats } from './model-formats';
import type { ModelOptions } from './model-options';

/** YAML between lines of dashes. No word of a stranger stands in it. */
export function cardHead({ backbone, report }: Model, { formats }: ModelOptions): string {
  const tags = [...new Set(formats.map(format => modelFormats[format].tag))];
  const licence = backbone.weights === 'imagenet' ? backboneOf(backbone.family).licence.name.toLowerCase() : 'unknown';
  const measured = `model-index:
- name: image-classifier
  results:
  - task:
      type: image-classification
    dataset:
      name: Test images, collected with Gleaner
      type: imagefolder
    metrics:
    - type: accuracy
      value: ${report.testAccuracy}
`;
  return `---
license: ${licence}
pipeline_tag: image-classification
tags:
${['image-classification', ...tags].map(tag => `- ${tag}\n`).join('')}${tallyOf(report.confusion.matrix).of >= ENOUGH ? measured : ''}---

`;
}

/** Files of these endings are large: git keeps them apart, as such repositories ask. */
export function gitAttributes(): ZipEntry {
  const endings = ['bin', 'h5', 'onnx', 'tflite'];
  return textEntry(
    '.gitattributes',
    endings.map(ending => `*.${ending} filter=lfs diff=lfs merge=lfs -text\n`).join(''),
  );
}
