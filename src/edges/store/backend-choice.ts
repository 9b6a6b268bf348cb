// The backend that was fastest on this device, timed once and remembered until the browser changes.
import type { BackendName } from '../../contract/features';
import { database } from '../database';

const KEY = 'backend-choice';

export interface BackendChoice {
  backend: BackendName;
  /** Pictures per second of every backend that was timed; empty when there was only one to choose. */
  timings: Partial<Record<BackendName, number>>;
}

interface Row extends BackendChoice {
  userAgent: string;
}

export async function rememberedBackend(): Promise<BackendChoice | undefined> {
  const row = (await (await database()).get('meta', KEY)) as Row | undefined;
  return row?.userAgent === navigator.userAgent ? { backend: row.backend, timings: row.timings } : undefined;
}

/** The next training times the backends again. */
export async function forgetBackend(): Promise<void> {
  await (await database()).delete('meta', KEY);
}

export async function rememberBackend(choice: BackendChoice): Promise<void> {
  await (await database()).put('meta', { ...choice, userAgent: navigator.userAgent } satisfies Row, KEY);
}
