// README.md of dataset.zip: a dataset card as Hugging Face reads it, and the commands to go on with.
import type { Label } from '../../contract/label';
import { SPLITS } from '../../contract/sample';
import { type DatasetSummary, splitsWithImages, totalOf } from './dataset-summary';
import { cardConfigs } from './hugging-face';
import { inMarkdown } from './markdown';

/** The folder of the first split that has images; its class folders may be empty, which torchvision refuses unless it is told. */
function folderReaders(summary: DatasetSummary): string {
  const used = splitsWithImages(summary);
  const folder = `dataset/${used[0]}`;
  const lacks = [...summary.counts.values()].some(counts => used.some(split => counts[split] === 0));
  return `${`keras.utils.image_dataset_from_directory("${folder}", image_size=(224, 224))`.padEnd(84)}# Keras
${`torchvision.datasets.ImageFolder("${folder}"${lacks ? ', allow_empty=True' : ''})`.padEnd(84)}# PyTorch`;
}

/** `labels` are those with images, in class order; `side` is the longest side images were scaled down to, if any. */
export function datasetCard(labels: Label[], summary: DatasetSummary, side?: number): string {
  const rows = labels.map(label => {
    const counts = summary.counts.get(label.folder);
    return `| ${inMarkdown(label.name)} | ${inMarkdown(label.folder)} | ${SPLITS.map(split => counts?.[split] ?? 0).join(' | ')} |`;
  });
  return `---
license: unknown
task_categories:
- image-classification
${cardConfigs(labels, summary)}---

# Image dataset collected with Gleaner

| label | folder | train | valid | test |
|---|---|---|---|---|
${rows.join('\n')}

${SPLITS.map(split => `${split}: ${totalOf(summary, split)}`).join(', ')} images. Classes are numbered in the order of their folder names.
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
${folderReaders(summary)}
${'datasets.load_dataset("./dataset")'.padEnd(84)}# Hugging Face
\`\`\`

All three number the classes alike; \`labels.json\` has their names in this order. Hugging Face finds the names at the head of this
file. Where it does not look there, as with \`load_dataset("imagefolder", data_dir="dataset")\`, it gives the numbers alone.

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
