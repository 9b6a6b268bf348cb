// No backend's numbers are stored before they were compared with the kernels': drivers give wrong ones without an error.
import type { BackendName } from '../../contract/features';
import { rememberCheck, rememberedCheck } from '../../edges/store/backend-checks';
import { distance, TOLERANCE } from '../../pipeline/features/agreement';
import { openBackbone } from './backbone-workers';

/** Features of two images that are always the same, end to end. */
type Answers = (backend: BackendName, id: string) => Promise<Float32Array>;

/**
 * Whether a backend computes with the backbone of this id what the kernels do, to one in a thousand. Compared once for each
 * backend, backbone and version of the browser. The kernels are the measure, and plain JavaScript has no driver below it. Rejects where one of the two does not run.
 */
export async function computesRightly(
  backend: BackendName,
  id: string,
  answers: Answers = answersOf,
): Promise<boolean> {
  if (backend === 'wasm' || backend === 'cpu') return true;
  const before = await rememberedCheck(backend, id);
  if (before !== undefined) return before;
  const right = distance(await answers(backend, id), await answers('wasm', id)) <= TOLERANCE;
  await rememberCheck(backend, id, right);
  return right;
}

async function answersOf(backend: BackendName, id: string): Promise<Float32Array> {
  const { remote, terminate } = await openBackbone(backend, id);
  return await remote.fixedAnswers().finally(terminate);
}
