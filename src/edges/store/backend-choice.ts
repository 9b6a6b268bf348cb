// The backend that was fastest on this device, timed once and remembered until the browser changes.
import type { BackendName } from '../../contract/features';
import { metaItem } from './meta';

export interface BackendChoice {
  backend: BackendName;
  /** Images per second of every backend that was timed; empty when there was only one to choose. */
  timings: Partial<Record<BackendName, number>>;
}

interface Row extends BackendChoice {
  userAgent: string;
}
const row = metaItem<Row>('backend-choice');

export async function rememberedBackend(): Promise<BackendChoice | undefined> {
  const kept = await row.get();
  return kept?.userAgent === navigator.userAgent ? { backend: kept.backend, timings: kept.timings } : undefined;
}

/** The next training times the backends again. */
export async function forgetBackend(): Promise<void> {
  await row.remove();
}

export async function rememberBackend(choice: BackendChoice): Promise<void> {
  await row.set({ ...choice, userAgent: navigator.userAgent });
}
