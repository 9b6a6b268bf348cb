// A folder of folders of images as the bench's page reads it: addresses with the number of their label.
import { readdirSync, statSync } from 'node:fs';
import { join } from 'node:path';

/** @param name  under which the folder is served */
export function imageFolders(
  folder: string,
  name: string,
): { labels: string[]; images: { address: string; truth: number }[] } {
  const labels = readdirSync(folder)
    .filter(entry => statSync(join(folder, entry)).isDirectory())
    .sort();
  const images = labels.flatMap((label, truth) =>
    readdirSync(join(folder, label)).map(file => ({
      address: `/${name}/${encodeURIComponent(label)}/${encodeURIComponent(file)}`,
      truth,
    })),
  );
  return { labels, images };
}
