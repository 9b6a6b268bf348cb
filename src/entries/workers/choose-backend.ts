// Which backend computes features here: chosen by hand, remembered, or timed now and remembered.
import type { BackendName } from '../../contract/features';
import { readSettings } from '../../edges/settings';
import { rememberBackend, rememberedBackend } from '../../edges/store/backend-choice';
import { timeBackends } from './feature-pool';

export async function chooseBackend(): Promise<BackendName> {
  const { backend } = await readSettings();
  if (backend) return backend;
  const remembered = await rememberedBackend();
  if (remembered) return remembered.backend;
  const timings = await timeBackends();
  const ranked = (Object.entries(timings) as [BackendName, number][]).sort(([, a], [, b]) => b - a);
  const fastest = ranked[0]?.[0] ?? 'wasm';
  await rememberBackend({ backend: fastest, timings });
  return fastest;
}
