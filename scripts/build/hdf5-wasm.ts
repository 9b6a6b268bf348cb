// Ships the HDF5 library's WebAssembly as a file. The library carries it as a string of 3.6 MB inside its script, which
// the stores' reviewers cannot read, and which fills most of what their checks take of one script.
import type { Plugin } from 'vite';

const MODULE = /\/h5wasm\/dist\/esm\/hdf5_util\.js$/;
/** In the package. */
export const HDF5_WASM = 'assets/hdf5.wasm';

const FINDER = 'function findWasmBinary()';
const START = `${FINDER}{return binaryDecode('`;
const END = "')}";
/** Fetched from the package; the library waits for whatever its finder gives. */
const FETCHED = `${FINDER}{return fetch(new URL('/${HDF5_WASM}',self.location.origin)).then(answer=>answer.arrayBuffer())}`;

/** The characters that stand escaped in the string. */
const ESCAPES: Record<string, number> = { n: 10, r: 13, "'": 39, '\\': 92 };

/** For scripts that run in a worker or page of the extension. The file is written once, whoever uses it. */
export function hdf5Wasm(): Plugin {
  return {
    name: 'gleaner-hdf5-wasm',
    apply: 'build',
    transform: {
      filter: { id: MODULE },
      handler(source) {
        const { code, wasm } = cutOutWasm(source);
        this.emitFile({ type: 'asset', fileName: HDF5_WASM, source: wasm });
        return { code, map: null };
      },
    },
  };
}

/**
 * The library's script without its binary, and the binary. Throws when the library no longer keeps it in the way known
 * here, so that a new version cannot slip the string back in.
 */
export function cutOutWasm(source: string): { code: string; wasm: Uint8Array<ArrayBuffer> } {
  const from = source.indexOf(START);
  const to = source.indexOf(END, from + START.length);
  if (from < 0 || to < 0) throw new Error('h5wasm keeps its WebAssembly in a way that is not known here');
  const wasm = bytesOf(source.slice(from + START.length, to));
  if (!WebAssembly.validate(wasm)) throw new Error("h5wasm's string is no WebAssembly");
  return { code: source.slice(0, from) + FETCHED + source.slice(to + END.length), wasm };
}

/** One character is one byte; zero is written as 256, because a script may not hold it. */
function bytesOf(text: string): Uint8Array<ArrayBuffer> {
  const bytes = new Uint8Array(text.length);
  let length = 0;
  for (let i = 0; i < text.length; i++) {
    let code = text.charCodeAt(i);
    if (code === 92) {
      const escaped = ESCAPES[text.charAt(++i)];
      if (escaped === undefined) throw new Error('an escape that is not known in the string of h5wasm');
      code = escaped;
    }
    bytes[length++] = code;
  }
  return bytes.slice(0, length);
}
