// LiteRT.js, which brings a newer XNNPACK than tfjs does, on the same network from our own TensorFlow Lite export.

const SHAPE = [1, 224, 224, 3];

/** What is used of LiteRT.js. */
interface LiteRt {
  loadLiteRt(folder: string, options: { threads: boolean }): Promise<unknown>;
  loadAndCompile(address: string, options: object): Promise<{ run(input: Tensor): Promise<Tensor[]> }>;
  Tensor: new (data: Float32Array, shape: number[]) => Tensor;
}
interface Tensor {
  toTypedArray(): Float32Array;
  delete(): void;
}

/** Images per second of black images, one at a time; once per page, because the number of threads cannot change. */
export async function litertRate(folder: string, model: string, threads: number, rounds: number): Promise<number> {
  const { loadLiteRt, loadAndCompile, Tensor } = (await import(
    /* @vite-ignore */ `${folder}core/dist/index.js`
  )) as LiteRt;
  await loadLiteRt(`${folder}core/wasm/`, { threads: threads > 1 });
  const network = await loadAndCompile(model, { accelerator: 'wasm', cpuOptions: { numThreads: threads } });
  const input = new Tensor(new Float32Array(SHAPE.reduce((all, side) => all * side, 1)), SHAPE);
  let began = 0;
  for (let round = -1; round < rounds; round++) {
    if (round === 0) began = performance.now();
    const [output] = await network.run(input);
    output?.toTypedArray();
    output?.delete();
  }
  return (rounds * 1000) / (performance.now() - began);
}
