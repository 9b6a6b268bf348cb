// The weights file that `npm run backbone` packed into this build, if it did: `backbone/packed.json` says which.
import { GleanerError } from '../contract/error';
import type { BackboneInfo } from '../contract/features';
import { fileInPackage } from './package-file';

export interface PackedWeights {
  /** Path in the package, such as `backbone/weights.h5`. */
  path: string;
  /** The file's own name, for people. */
  name: string;
  bytes: number;
  /** `imagenet` when it is Keras's published file, checked by its MD5 when it was packed. */
  weights: Exclude<BackboneInfo['weights'], 'seeded'>;
}

/** What this build brings along, or undefined. Every build has the note, with `null` in it when there are none. */
export async function packedWeights(): Promise<PackedWeights | undefined> {
  const note = await fileInPackage('backbone/packed.json');
  return (JSON.parse(await note.text()) as PackedWeights | null) ?? undefined;
}

/** The packed file itself. Rejects with 'weights_truncated' when the package does not hold all of it. */
export async function packedFile({ path, bytes }: PackedWeights): Promise<Blob> {
  const file = await fileInPackage(path);
  if (file.size !== bytes) throw new GleanerError('weights_truncated');
  return file;
}
