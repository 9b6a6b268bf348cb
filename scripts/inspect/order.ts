// Labels in the order in which exports number them: by the folders they would get.
import { byCodePoint } from '../../src/pipeline/bucket/class-order';
import { FolderNames } from '../../src/pipeline/bucket/folder-name';

export function classOrder(labels: readonly string[]): string[] {
  const folders = new FolderNames([]);
  return labels
    .map(label => ({ label, folder: folders.add(label) }))
    .sort((a, b) => byCodePoint(a.folder, b.folder))
    .map(({ label }) => label);
}
