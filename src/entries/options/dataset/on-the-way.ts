// Images a command was given for and that still stand in their grid until it is done: a second command must not reach them.
import type { Sample } from '../../../contract/sample';

const underWay = new Set<string>();

/** Does it to those of the images no other command is under way for; without any of them nothing is done. */
export async function onTheWay<Image extends Pick<Sample, 'sha256'>>(
  images: readonly Image[],
  command: (images: Image[]) => Promise<void>,
): Promise<void> {
  const free = images.filter(({ sha256 }) => !underWay.has(sha256));
  if (free.length === 0) return;
  for (const { sha256 } of free) underWay.add(sha256);
  try {
    await command(free);
  } finally {
    for (const { sha256 } of free) underWay.delete(sha256);
  }
}
