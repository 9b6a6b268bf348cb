// The runtimes we measure ourselves against, installed outside the project's own packages when a bench first needs them.
import { spawnSync } from 'node:child_process';
import { existsSync, mkdirSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join } from 'node:path';

const FOLDER = join(import.meta.dirname, '../../../.cache/rivals');
const PACKAGES = { 'onnxruntime-web': '1.30.0', 'onnxruntime-node': '1.30.0', '@litertjs/core': '2.5.3' };

/** The folder whose node_modules holds the rivals. Throws with npm's status when they cannot be had. */
export function rivalsFolder(): string {
  const missing = Object.keys(PACKAGES).filter(name => !existsSync(join(FOLDER, 'node_modules', name)));
  if (missing.length > 0) {
    console.log(`Installing ${missing.join(' and ')} into .cache/rivals …`);
    mkdirSync(FOLDER, { recursive: true });
    writeFileSync(join(FOLDER, 'package.json'), JSON.stringify({ private: true, dependencies: PACKAGES }));
    // onnxruntime-node's install script fetches CUDA, which nobody here uses.
    const args = ['install', '--ignore-scripts', '--no-audit', '--no-fund'];
    const { status } = spawnSync('npm', args, { cwd: FOLDER, stdio: 'inherit', shell: process.platform === 'win32' });
    if (status !== 0) throw new Error(`npm could not install the rivals (status ${status})`);
  }
  return FOLDER;
}

interface NodeOrt {
  InferenceSession: {
    create(
      file: string,
      options: object,
    ): Promise<{ run(feeds: object): Promise<Record<string, { data: Float32Array }>> }>;
  };
  Tensor: new (type: 'float32', data: Float32Array, dims: number[]) => object;
}

/** Images per second of onnxruntime-node: native code, with every instruction of this processor. */
export async function nativeRate(model: string, threads: number, batch: number, rounds: number): Promise<number> {
  const { InferenceSession, Tensor } = createRequire(join(rivalsFolder(), 'index.js'))('onnxruntime-node') as NodeOrt;
  const session = await InferenceSession.create(model, { intraOpNumThreads: threads });
  const image = new Tensor('float32', new Float32Array(batch * 224 * 224 * 3), [batch, 224, 224, 3]);
  await session.run({ image });
  const began = performance.now();
  for (let round = 0; round < rounds; round++) await session.run({ image });
  return (rounds * batch * 1000) / (performance.now() - began);
}
