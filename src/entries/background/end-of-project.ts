// The end of a whole project: everything is deleted, and what this context remembers of it.
import type { Handlers } from '../../edges/messages';
import { forgetPlan } from '../../edges/plan';
import { forgetSettings } from '../../edges/settings';
import { deleteEverything } from '../../edges/store/delete-everything';
import { setPause } from '../../edges/store/pause';
import { announceSoon } from './announcements';
import { rebuildMenus } from './menus';
import { taker, wake } from './pump';

export const endHandlers: Handlers<'deleteEverything'> = {
  async deleteEverything() {
    await deleteEverything();
    // The pause went with its row, but this context remembers it.
    await setPause(undefined);
    await forgetSettings();
    await forgetPlan();
    await taker.forget();
    await rebuildMenus();
    announceSoon({ labels: true, jobs: true, samples: true, models: true, settings: true });
    wake();
  },
};
