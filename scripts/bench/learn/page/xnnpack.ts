// XNNPACK, as tfjs's wasm backend has it, on the network in use: fused layers, SIMD, and as many threads as it is given.
import { setThreadsCount, setWasmPaths } from '@tensorflow/tfjs-backend-wasm';
import * as tf from '@tensorflow/tfjs-core';
import { backboneOfId } from '../../../../src/backbones';
import { eachLayer } from '../../../../src/edges/store/backbone-layers';
import { chosenBackbone } from '../../../../src/edges/store/backbones';
import { createTensorNetwork } from '../../../../src/pipeline/features/tensor-network';

/** Images per second of black images; once per page, because the number of threads cannot change. */
export async function xnnpackRate(folder: string, threads: number, batch: number, rounds: number): Promise<number> {
  // The library takes at most half of what the processor is said to have.
  Object.defineProperty(navigator, 'hardwareConcurrency', { value: 2 * threads });
  tf.env().set('WASM_HAS_MULTITHREAD_SUPPORT', threads > 1);
  setThreadsCount(threads);
  setWasmPaths(folder);
  // Threads that do not start are waited for without end.
  const started = await Promise.race([
    tf.setBackend('wasm'),
    new Promise(resolve => setTimeout(resolve, 30_000, false)),
  ]);
  if (!started) throw new Error('the wasm backend does not start');
  const { id } = await chosenBackbone();
  const backbone = backboneOfId(id)!;
  const network = await createTensorNetwork(backbone, eachLayer(id));
  const pixels = new Uint8Array(batch * backbone.side ** 2 * 3);
  await network.activations(pixels);
  const began = performance.now();
  for (let round = 0; round < rounds; round++) await network.activations(pixels);
  return (rounds * batch * 1000) / (performance.now() - began);
}
