// Takes out of libraries what must not be in the package: code made of text, and markup made of text. Nothing here calls
// these places; but the stores search for them, and so does the bundle's own test, which therefore needs no exceptions.
import type { Plugin } from 'vite';

interface Taming {
  /** The library's file, with slashes. */
  module: RegExp;
  /** What is taken out; it must be there exactly once. */
  find: RegExp;
  /** What stands there instead. */
  put: string;
}

/** An expression that ends the attempt instead of making something of a text. */
const REFUSED = "(()=>{throw new Error('not in this build')})()";

const TAMINGS: Taming[] = [
  {
    // The worker of tfjs's threads, as a string with an eval in it. Extension pages may not start it; `WASM_HAS_MULTITHREAD_SUPPORT` is off.
    module: /\/tfjs-backend-wasm\/wasm-out\/tfjs-backend-wasm-threaded-simd\.worker\.js$/,
    find: /^module\.exports\.wasmWorkerContents = `[\s\S]*`;?\s*$/,
    put: `Object.defineProperty(module.exports, 'wasmWorkerContents', { get: () => ${REFUSED} });`,
  },
  {
    // The module that would start that worker.
    module: /\/tfjs-backend-wasm\/wasm-out\/tfjs-backend-wasm-threaded-simd\.js$/,
    find: /^[\s\S]*module\.exports = WasmBackendModuleThreadedSimd;[\s\S]*$/,
    put: `module.exports = () => ${REFUSED};`,
  },
  {
    // The polyfill of setImmediate takes a text for a function, as old browsers' timers did.
    module: /\/jszip\/dist\/jszip\.min\.js$/,
    find: /new Function\(""\+\w\)/,
    put: REFUSED,
  },
  {
    // `dangerouslySetInnerHTML`.
    module: /\/preact\/dist\/preact\.mjs$/,
    find: /\b\w+\.innerHTML=\w+\.__html/,
    put: REFUSED,
  },
  {
    // `selection.html(markup)`, in its two forms; asking for the markup and emptying stay.
    module: /\/d3-selection\/dist\/d3-selection\.mjs$/,
    find: /this\.innerHTML = value;/,
    put: `${REFUSED};`,
  },
  {
    module: /\/d3-selection\/dist\/d3-selection\.mjs$/,
    find: /this\.innerHTML = v == null \? "" : v;/,
    put: `${REFUSED};`,
  },
];

/** For every bundle, those of workers and of injected scripts too. */
export function tamedLibraries(): Plugin {
  return {
    name: 'gleaner-tamed-libraries',
    apply: 'build',
    transform: {
      filter: { id: TAMINGS.map(({ module }) => module) },
      handler: (source, id) => ({ code: tame(id, source), map: null }),
    },
  };
}

/** A library's file without what its tamings take out. Throws when it is no longer as they know it. */
export function tame(id: string, source: string): string {
  const path = id.replaceAll('\\', '/');
  let code = source;
  for (const { module, find, put } of TAMINGS) {
    if (!module.test(path)) continue;
    const found = code.match(new RegExp(find, 'g'))?.length ?? 0;
    if (found !== 1) throw new Error(`${find} is ${found} times in ${path}, not once: look at the library anew`);
    code = code.replace(find, () => put);
  }
  return code;
}
