// What a part of dataset.zip says to whoever opens it alone: that there are others, and how they go together.
import { textEntry, type ZipEntry } from '../../formats/zip/write';

/**
 * The note of a part that another follows. It lies beside `dataset/`, where no reader of datasets looks, and under a name of
 * its own, so that unpacking all parts into one folder keeps every file.
 * @param part  counted from 0
 */
export function partNote(part: number): ZipEntry {
  return textEntry(
    `README-part-${part + 1}.md`,
    `# Part ${part + 1} of a dataset in several zips

Unpack all parts into the same folder: together they are one tree, \`dataset/\`. Which images lie in which part means nothing.

The last part holds what describes them all: \`dataset/README.md\`, \`dataset/labels.json\` (the classes in order),
\`dataset/urls.csv\` (where each image is from), \`dataset/croissant.json\`, and a \`metadata.jsonl\` for each split. Without it the
folders can still be read by Keras and PyTorch.
`,
  );
}
