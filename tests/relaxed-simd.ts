// Imported before kernels are made: Node 20 has relaxed SIMD behind a flag, later ones without.
import { setFlagsFromString } from 'node:v8';

if (process.versions.node.startsWith('20.')) setFlagsFromString('--experimental-wasm-relaxed-simd');
