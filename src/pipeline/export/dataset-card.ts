// README.md of dataset.zip: a dataset card as Hugging Face reads it, and the commands to go on with.
import type { Label } from '../../contract/label';
import { SPLITS } from '../../contract/sample';
import { neutral } from '../../formats/csv/write';
import type { DatasetSummary } from './dataset-summary';
import { asCode, inMarkdown } from './markdown';

/** Where a class has no image in a split, its folder there is empty, which torchvision refuses unless it is told. */
function imageFolder(summary: DatasetSummary): string {
  const used = SPLITS.filter(split => [...summary.counts.values()].some(counts => counts[split] > 0));
  const lacks = [...summary.counts.values()].some(counts => used.some(split => counts[split] === 0));
  return `torchvision.datasets.ImageFolder("dataset/train"${lacks ? ', allow_empty=True' : ''})`.padEnd(84);
}

/** `labels` are those with images, in class order; `side` is the longest side images were scaled down to, if any. */
export function datasetCard(labels: Label[], summary: DatasetSummary, side?: number): string {
  const total = (split: (typeof SPLITS)[number]) =>
    [...summary.counts.values()].reduce((sum, counts) => sum + counts[split], 0);
  const rows = labels.map(label => {
    const counts = summary.counts.get(label.folder);
    return `| ${inMarkdown(label.name)} | ${inMarkdown(label.folder)} | ${SPLITS.map(split => counts?.[split] ?? 0).join(' | ')} |`;
  });
  const names = asCode(labels.map(label => neutral(label.name.replace(/\s+/g, ' '))));
  return `---
license: unknown
task_categories:
- image-classification
configs:
- config_name: default
  data_files:
${SPLITS.filter(split => total(split) > 0)
  .map(split => `  - split: ${split === 'valid' ? 'validation' : split}\n    path: ${split}/**\n`)
  .join('')}---

# Image dataset collected with Gleaner

| label | folder | train | valid | test |
|---|---|---|---|---|
${rows.join('\n')}

${SPLITS.map(split => `${split}: ${total(split)}`).join(', ')} images. Classes are numbered in the order of their folder names.
${summary.unreadable > 0 ? `\n${summary.unreadable === 1 ? '1 image' : `${summary.unreadable} images`} of the collection could not be read and ${summary.unreadable === 1 ? 'is' : 'are'} left out.\n` : ''}
## Licence

The images were found by image searches. **Their licences are unknown**: they belong to their owners, and it is for you to
find out what you may do with each. \`urls.csv\` says where every image was found.

## What was changed

Images are JPEG or PNG. EXIF, GPS, XMP, comments and everything else beside the image itself and its colour profile were removed.
Images of other types, those that only a tag turned upright, transparent ones (now on white), and those whose file holds more
than an image or is not wholly sound were encoded anew; all others keep their pixels as found.
${side === undefined ? '' : `Images longer than ${side} pixels were scaled down to that side; \`urls.csv\` gives the sizes as found.\n`}The split is a function of the content; near-duplicates share a split, so none leaks from training into the test.

## Read it

\`\`\`python
keras.utils.image_dataset_from_directory("dataset/train", image_size=(224, 224))   # Keras
${imageFolder(summary)}# PyTorch
datasets.load_dataset("imagefolder", data_dir="dataset")                            # Hugging Face
\`\`\`

Hugging Face reads labels as words; numbered as the other two number them they are

\`\`\`python
dataset = dataset.cast_column("label", datasets.ClassLabel(names=${names}))
\`\`\`

## Go on with more machines

\`urls.csv\` is the input of [img2dataset](https://github.com/rom1504/img2dataset) as it is:

\`\`\`sh
img2dataset --url_list dataset/urls.csv --input_format csv --url_col url --caption_col label --output_format webdataset \\
  --output_folder images --image_size 256 --save_additional_columns '["split"]'
img2dataset --url_list dataset/urls.csv --input_format csv --url_col url --caption_col label --output_format webdataset \\
  --output_folder images --image_size 256 --save_additional_columns '["split"]' --distributor pyspark
\`\`\`
`;
}
