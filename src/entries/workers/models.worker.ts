// Deletes models: workers alone write them.
import { deleteModel } from '../../edges/store/models';
import { expose } from './worker-bridge';

const api = {
  async deleteModels(ids: readonly string[]): Promise<void> {
    for (const id of ids) await deleteModel(id);
  },
};
export type ModelsWorker = typeof api;
expose(api);
