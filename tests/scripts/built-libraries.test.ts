// What the build does to libraries: their binaries become files, their code made of text goes, and a library that changed is noticed.
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { runInNewContext } from 'node:vm';
import { describe, expect, it } from 'vitest';
import { cutOutWasm, HDF5_WASM } from '../../scripts/build/hdf5-wasm';
import { tame } from '../../scripts/build/tamed-libraries';

const MODULES = join(import.meta.dirname, '../../node_modules');
const read = (path: string) => readFileSync(join(MODULES, path), 'utf8');

describe('cutOutWasm', () => {
  const source = read('h5wasm/dist/esm/hdf5_util.js');

  it("gives the bytes that the library's own decoder gives, and a script without them", () => {
    const { code, wasm } = cutOutWasm(source);
    const [, literal] = /return (binaryDecode\('[\s\S]*?[^\\]'\))\}/.exec(source) ?? [];
    const decoder = /function binaryDecode\(bin\)\{.*?return o\}/.exec(source)?.[0];
    const own = runInNewContext(`${decoder};${literal}`) as Uint8Array;
    expect(Buffer.from(wasm).equals(Buffer.from(own))).toBe(true);
    expect(wasm.length).toBeGreaterThan(1_000_000);
    expect(code.length).toBeLessThan(300_000);
    expect(code).toContain(HDF5_WASM);
  });

  it('says so when the library keeps its binary in another way', () => {
    expect(() => cutOutWasm('var wasm = "AGFzbQ=="')).toThrow('not known here');
    const other = (text: string) => `function findWasmBinary(){return binaryDecode('${text}')}`;
    expect(() => cutOutWasm(other('\\x00asm'))).toThrow('an escape');
    expect(() => cutOutWasm(other('no wasm'))).toThrow('no WebAssembly');
  });
});

describe('tame', () => {
  const TAMED = [
    '@tensorflow/tfjs-backend-wasm/wasm-out/tfjs-backend-wasm-threaded-simd.worker.js',
    '@tensorflow/tfjs-backend-wasm/wasm-out/tfjs-backend-wasm-threaded-simd.js',
    'jszip/dist/jszip.min.js',
    'preact/dist/preact.mjs',
    'd3-selection/dist/d3-selection.mjs',
  ];

  it.each(TAMED)('takes out of %s what makes code or markup of text', path => {
    const before = read(path);
    const after = tame(join(MODULES, path), before);
    expect(after).not.toBe(before);
    expect(after).not.toMatch(/\beval\)?\(|\bFunction\(|\bimportScripts\(|innerHTML\s*=(?!=)\s*[^"\s]/);
  });

  it.each(TAMED)('fails the build when %s is no longer as it was known', path => {
    expect(() => tame(`/x/${path}`, '')).toThrow('not once');
  });

  it('leaves other files alone', () => {
    expect(tame('/x/node_modules/other/a.js', 'this.innerHTML = value;')).toBe('this.innerHTML = value;');
  });
});
