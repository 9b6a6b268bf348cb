// Where to go on when a backend fails.
import { GleanerError } from '../../contract/error';
import type { BackendName } from '../../contract/features';

const FALLBACKS: Record<BackendName, BackendName[]> = {
  webgpu: ['webgl', 'wasm', 'cpu'],
  webgl: ['wasm', 'cpu'],
  wasm: ['cpu'],
  cpu: [],
};

/** A backend and those to try after it, in order. */
export function backendsFrom(first: BackendName): BackendName[] {
  return [first, ...FALLBACKS[first]];
}

/** Tries the backend, then those after it; an error with a name of ours is no backend's fault. */
export async function onNextBackend<T>(first: BackendName, attempt: (backend: BackendName) => Promise<T>): Promise<T> {
  let last: unknown;
  for (const backend of backendsFrom(first)) {
    try {
      return await attempt(backend);
    } catch (error) {
      if (error instanceof GleanerError) throw error;
      console.warn(`The ${backend} backend failed.`, error);
      last = error;
    }
  }
  throw new GleanerError('no_backend', [], { cause: last });
}
