// Files of the extension's own package that go into model.zip.
import tfjsWasm from '@tensorflow/tfjs-backend-wasm/dist/tfjs-backend-wasm.wasm?url';
import tfjsWasmSimd from '@tensorflow/tfjs-backend-wasm/dist/tfjs-backend-wasm-simd.wasm?url';
import { fileInPackage } from '../../edges/package-file';
import type { ZipEntry } from '../../formats/zip/write';

/** Licence and notice of the built-in backbone: path in the zip, then in the package. */
const LICENCE = [
  ['backbone/NOTICE.txt', '/backbones/NOTICE.txt'],
  ['backbone/LICENSE-Apache-2.0.txt', '/backbones/LICENSE-Apache-2.0.txt'],
] as const;

/** The page that tries a model lies in the extension's package; tfjs's wasm binaries are those the extension runs itself. */
const PAGE = [
  ['index.html', '/model-page/index.html'],
  ['page/page.js', '/model-page/page.js'],
  ['page/tfjs-backend-wasm.wasm', tfjsWasm],
  ['page/tfjs-backend-wasm-simd.wasm', tfjsWasmSimd],
] as const;

export function backboneLicence(): Promise<ZipEntry[]> {
  return entriesOf(LICENCE);
}

export function modelPage(): Promise<ZipEntry[]> {
  return entriesOf(PAGE);
}

async function entriesOf(files: readonly (readonly [path: string, inPackage: string])[]): Promise<ZipEntry[]> {
  return Promise.all(
    files.map(async ([path, inPackage]) => {
      const file = await fileInPackage(inPackage);
      return { path, bytes: new Uint8Array(await file.arrayBuffer()) };
    }),
  );
}
