// Writes an HDF5 file with the library h5wasm, in its memory file system.
import { File as H5File, ready } from 'h5wasm';

export type { H5File };

const PATH = '/write.h5';

/** The whole file; for a moment twice its length is held. Rejects with the library's own error. */
export async function writeHdf5(fill: (file: H5File) => void): Promise<Uint8Array<ArrayBuffer>> {
  const { FS } = await ready;
  let file: H5File | undefined;
  try {
    file = new H5File(PATH, 'w');
    fill(file);
    file.close();
    file = undefined;
    return FS.readFile(PATH) as Uint8Array<ArrayBuffer>;
  } finally {
    file?.close();
    if (FS.analyzePath(PATH, false).exists) FS.unlink(PATH);
  }
}
