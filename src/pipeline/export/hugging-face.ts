// What Hugging Face's `datasets` reads of dataset.zip: the class of each image as a number, and the names in the card's head.
import type { Label } from '../../contract/label';
import { concatenated } from '../../formats/bytes';
import { type DatasetSummary, splitsWithImages } from './dataset-summary';
import { asYaml } from './markdown';

const LINES_A_PIECE = 500;

/**
 * metadata.jsonl of one split. Classes stand in it as numbers: `datasets` guesses the type of words, in each split anew, and loses
 * "007" and "None" in a table of CSV, and "2024-01-05" in one of JSON.
 * @param paths  of the images, from the split's folder on
 * @param labels  those with images, in class order
 */
export function metadataTable(paths: readonly string[], labels: readonly Label[]): Uint8Array<ArrayBuffer> {
  const numbers = new Map(labels.map(({ folder }, number) => [folder, number]));
  const pieces: Uint8Array[] = [];
  for (let at = 0; at < paths.length; at += LINES_A_PIECE) {
    const lines = paths
      .slice(at, at + LINES_A_PIECE)
      .map(path => ({ file_name: path, label: numbers.get(path.slice(0, path.indexOf('/'))) }));
    pieces.push(new TextEncoder().encode(lines.map(line => `${JSON.stringify(line)}\n`).join('')));
  }
  return concatenated(pieces);
}

/** What the head of the card says of the files: where the splits lie, and what the numbers of the classes mean. */
export function cardConfigs(labels: readonly Label[], summary: DatasetSummary): string {
  const files = splitsWithImages(summary).map(
    split => `  - split: ${split === 'valid' ? 'validation' : split}\n    path: ${split}/**\n`,
  );
  const names = labels.map(({ name }, number) => `          '${number}': ${asYaml(name)}\n`);
  return `configs:
- config_name: default
  data_files:
${files.join('')}  features:
  - name: image
    dtype: image
  - name: label
    dtype:
      class_label:
        names:
${names.join('')}`;
}
