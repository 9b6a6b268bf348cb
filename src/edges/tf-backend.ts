// The tensor backends of tfjs in a worker: which are worth trying on this device, how one is started, whether it still lives.
import '@tensorflow/tfjs-backend-cpu';
import { setWasmPaths } from '@tensorflow/tfjs-backend-wasm';
import plain from '@tensorflow/tfjs-backend-wasm/dist/tfjs-backend-wasm.wasm?url';
import simd from '@tensorflow/tfjs-backend-wasm/dist/tfjs-backend-wasm-simd.wasm?url';
import '@tensorflow/tfjs-backend-webgl';
import '@tensorflow/tfjs-backend-webgpu';
import * as tf from '@tensorflow/tfjs-core';
import type { BackendName } from '../contract/features';
import { isSoftware } from './renderer';

/** Told when the graphics device behind the backend goes away. */
const onLoss = new Set<() => void>();
let lost = false;

/** Backends worth timing here, wasm last. A software adapter is never among them. */
export async function usableBackends(): Promise<BackendName[]> {
  const usable: BackendName[] = [];
  if (await hasRealWebGpu()) usable.push('webgpu');
  if (hasRealWebGl()) usable.push('webgl');
  return [...usable, 'wasm'];
}

/** Starts a backend and makes it the one in use; rejects when the browser cannot. */
export async function startBackend(name: BackendName): Promise<void> {
  // Extension pages may not run the blob workers of tfjs's threads; one single-threaded worker per core is faster anyway.
  tf.env().set('WASM_HAS_MULTITHREAD_SUPPORT', false);
  setWasmPaths({
    'tfjs-backend-wasm.wasm': address(plain),
    'tfjs-backend-wasm-simd.wasm': address(simd),
    'tfjs-backend-wasm-threaded-simd.wasm': address(simd),
  });
  if (!(await tf.setBackend(name))) throw new Error(`the ${name} backend does not start`);
  await tf.ready();
  watchDevice();
}

/** Runs work on the backend; rejects when the graphics device goes away, since a wait for its results may never end. */
export async function onDevice<T>(work: () => Promise<T>): Promise<T> {
  let tell = () => {};
  const gone = new Promise<never>((_, reject) => {
    tell = () => reject(new Error('the graphics device was lost'));
  });
  if (lost) tell();
  onLoss.add(tell);
  try {
    return await Promise.race([work(), gone]);
  } finally {
    onLoss.delete(tell);
  }
}

function watchDevice(): void {
  const { gpgpu, device } = tf.backend() as { gpgpu?: { gl: WebGL2RenderingContext }; device?: GPUDevice };
  const gone = () => {
    lost = true;
    for (const tell of onLoss) tell();
  };
  gpgpu?.gl.canvas.addEventListener('webglcontextlost', gone, { once: true });
  void device?.lost.then(gone);
}

function address(path: string): string {
  return new URL(path, self.location.href).href;
}

async function hasRealWebGpu(): Promise<boolean> {
  const adapter = await navigator.gpu?.requestAdapter({ powerPreference: 'high-performance' }).catch(() => null);
  if (!adapter) return false;
  const { vendor, architecture, device, description, isFallbackAdapter } = adapter.info;
  return !isFallbackAdapter && !isSoftware([vendor, architecture, device, description].join(' '));
}

function hasRealWebGl(): boolean {
  const gl = new OffscreenCanvas(1, 1).getContext('webgl2');
  if (!gl) return false;
  const details = gl.getExtension('WEBGL_debug_renderer_info');
  const renderer = String(gl.getParameter(details ? details.UNMASKED_RENDERER_WEBGL : gl.RENDERER));
  gl.getExtension('WEBGL_lose_context')?.loseContext();
  return !isSoftware(renderer);
}
