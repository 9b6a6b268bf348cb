// Reads groups and datasets of an HDF5 file with the library h5wasm, which believes much of what a file says of itself.
import { Dataset, Group, File as H5File, ready } from 'h5wasm';
import { FormatError } from '../format-error';

const SIGNATURE = [0x89, 0x48, 0x44, 0x46, 0x0d, 0x0a, 0x1a, 0x0a];
/** In the library's own memory file system. */
const PATH = '/read.h5';

export type { Dataset, Group };

export function beginsAsHdf5(start: Uint8Array): boolean {
  return SIGNATURE.every((byte, i) => start[i] === byte);
}

/** An opened file and what closes it, which must be called before another is opened. Throws a FormatError, `damaged`. */
export async function openHdf5(file: ArrayBuffer): Promise<{ root: Group; close(): void }> {
  const { FS } = await ready;
  let h5: H5File | undefined;
  const close = () => {
    if (h5 && h5.file_id >= 0n) h5.close();
    if (FS.analyzePath(PATH, false).exists) FS.unlink(PATH);
  };
  try {
    // `canOwn` spares a second copy of what may be a hundred megabytes.
    const own = { flags: 'w', canOwn: true };
    FS.writeFile(PATH, new Uint8Array(file), own);
    h5 = orDamaged(() => new H5File(PATH, 'r'));
    // The library says so with a negative id, and every later call would complain in a way of its own.
    if (h5.file_id < 0n) throw new FormatError('damaged');
    return { root: h5, close };
  } catch (error) {
    close();
    throw error;
  }
}

/** The names in a group, in no order that means anything. */
export function namesIn(group: Group): string[] {
  return orDamaged(() => group.keys());
}

export function groupAt(group: Group, name: string): Group | undefined {
  const entity = orDamaged(() => group.get(name));
  return entity instanceof Group ? entity : undefined;
}

export function datasetAt(group: Group, name: string): Dataset | undefined {
  const entity = orDamaged(() => group.get(name));
  return entity instanceof Dataset ? entity : undefined;
}

/**
 * The values of a dataset of 32-bit little-endian floats of this shape. Throws a FormatError: `shape`, `format` or `damaged`.
 * @param name  for the error
 */
export function floatsOf(dataset: Dataset, shape: readonly number[], name: string): Float32Array {
  const { metadata } = dataset;
  const found = metadata.shape ?? [];
  if (found.length !== shape.length || shape.some((side, i) => side !== found[i]))
    throw new FormatError('shape', [name, shape.join(' × ')]);
  if (dataset.dtype !== '<f') throw new FormatError('format', [name]);
  const length = volume(shape);
  // The library makes room for a whole chunk, and the size of a chunk is the file's word alone.
  if (metadata.chunks && volume(metadata.chunks) > length) throw new FormatError('damaged');
  const values = orDamaged(() => dataset.value);
  if (!(values instanceof Float32Array) || values.length !== length) throw new FormatError('damaged');
  return values;
}

function volume(shape: readonly number[]): number {
  return shape.reduce((product, side) => product * side, 1);
}

/** The library throws a page of its own diagnostics for a damaged file; one word of it is enough. */
function orDamaged<T>(work: () => T): T {
  try {
    return work();
  } catch (cause) {
    throw new FormatError('damaged', [], { cause });
  }
}
