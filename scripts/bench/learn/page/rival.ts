// onnxruntime-web on the same network and weights, from our own ONNX export.

import { imagePixels } from '../../../../src/edges/image-pixels';

const IMAGE_SIDE = 224;
const IMAGE = IMAGE_SIDE * IMAGE_SIDE * 3;

/** What is used of onnxruntime-web. */
interface Ort {
  env: { wasm: { numThreads: number; wasmPaths: string } };
  Tensor: new (type: 'float32', data: Float32Array, dims: number[]) => { data: Float32Array };
  InferenceSession: { create(address: string, options: object): Promise<Session> };
}
interface Session {
  run(feeds: Record<string, unknown>): Promise<Record<string, { data: Float32Array }>>;
}

let ort: Ort | undefined;
let session: Session | undefined;

/** Loads runtime and model; once per page, because the number of threads cannot change. */
export async function openRival(folder: string, model: string, provider: 'wasm' | 'webgpu', threads: number) {
  ort = (await import(
    /* @vite-ignore */ `${folder}${provider === 'wasm' ? 'ort.wasm.min.mjs' : 'ort.webgpu.min.mjs'}`
  )) as Ort;
  ort.env.wasm.numThreads = threads;
  ort.env.wasm.wasmPaths = folder;
  session = await ort.InferenceSession.create(model, { executionProviders: [provider] });
}

/** Images per second of black images. */
export async function rivalRate(batch: number, rounds: number): Promise<number> {
  await forward(new Float32Array(batch * IMAGE), batch);
  const began = performance.now();
  for (let round = 0; round < rounds; round++) await forward(new Float32Array(batch * IMAGE), batch);
  return (rounds * batch * 1000) / (performance.now() - began);
}

/** What the rival says of an image. */
export async function rivalAnswer(address: string): Promise<number[]> {
  const pixels = new Uint8Array(IMAGE);
  await imagePixels(await (await fetch(address)).blob(), pixels, { geometry: 'crop', side: IMAGE_SIDE });
  return [...(await forward(Float32Array.from(pixels), 1))];
}

async function forward(data: Float32Array, batch: number): Promise<Float32Array> {
  if (!ort || !session) throw new Error('the rival is not open');
  const image = new ort.Tensor('float32', data, [batch, IMAGE_SIDE, IMAGE_SIDE, 3]);
  return (await session.run({ image })).probabilities!.data;
}
