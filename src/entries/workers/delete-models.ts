// What a page calls to delete models: those a restore brought, or one the user no longer wants.
import type { ModelsWorker } from './models.worker';
import ModelsThread from './models.worker?worker';
import { inWorker } from './one-call';

export async function deleteModels(ids: readonly string[]): Promise<void> {
  if (ids.length === 0) return;
  const { signal } = new AbortController();
  await inWorker<ModelsWorker, void>(ModelsThread, remote => remote.deleteModels(ids), signal);
}
