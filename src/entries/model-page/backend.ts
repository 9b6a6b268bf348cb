// Which tfjs backend the page of model.zip runs on: a real GPU when there is one, else wasm.
import * as tf from '@tensorflow/tfjs-core';
import '@tensorflow/tfjs-backend-webgl';
import { setWasmPaths } from '@tensorflow/tfjs-backend-wasm';
import { isSoftware } from '../../edges/renderer';

/** Returns the name of the backend. Software WebGL is many times slower than wasm, so it counts as no GPU. */
export async function startBackend(): Promise<string> {
  setWasmPaths('page/');
  // Threads would need headers that a plain static server does not send.
  tf.env().set('WASM_HAS_MULTITHREAD_SUPPORT', false);
  for (const name of hasGpu() ? ['webgl', 'wasm'] : ['wasm', 'webgl']) {
    if (await tf.setBackend(name)) break;
  }
  await tf.ready();
  return tf.getBackend();
}

function hasGpu(): boolean {
  const gl = new OffscreenCanvas(1, 1).getContext('webgl2');
  if (!gl) return false;
  const info = gl.getExtension('WEBGL_debug_renderer_info');
  const renderer = String(gl.getParameter(info ? info.UNMASKED_RENDERER_WEBGL : gl.RENDERER));
  return !isSoftware(renderer);
}
