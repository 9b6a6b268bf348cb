// Weights of the wasm backend take memory once instead of twice.
import * as tf from '@tensorflow/tfjs-core';

/** What is used of the wasm backend's insides. `memoryOffset` is where a tensor lies in wasm's memory. */
interface WasmBackend {
  dataIdMap: { get(id: object): { memoryOffset: number | null } };
  wasm: { _free(offset: number): void };
}

/**
 * Frees what was uploaded of a convolution's kernel, once the convolution has run: from then on the wasm backend computes
 * with a rearranged copy of its own, which it keeps until the kernel is disposed, and never looks at the upload again
 * (tfjs-backend-wasm, conv2d_impl.cc). The tensor must not be used in any other way. Other backends keep no copy.
 */
export function releaseUpload(kernel: tf.Tensor): void {
  if (tf.getBackend() !== 'wasm') return;
  const { dataIdMap, wasm } = tf.backend() as unknown as WasmBackend;
  const data = dataIdMap.get(kernel.dataId);
  if (data.memoryOffset !== null) wasm._free(data.memoryOffset);
  // Disposing the tensor frees nothing a second time.
  data.memoryOffset = null;
}
