// The background: every listener is registered here, while it starts, and only wires; the work is in the other files.
import { onMenuClick } from '../../edges/context-menus';
import { onWake } from '../../edges/keep-awake';
import { onBegin } from '../../edges/lifecycle';
import { answer } from '../../edges/messages';
import { closeOwnStorage } from '../../edges/own-storage';
import { onAccessChanged } from '../../edges/permissions';
import { answerSidePanel } from '../../edges/side-panel';
import { forgetClosedTabs } from '../../edges/tab-harvests';
import { openApp } from '../../edges/tabs';
import { registerPageScripts } from './access';
import { collectionHandlers } from './collection';
import { endHandlers } from './end-of-project';
import { harvestHandlers } from './harvests';
import { importHandlers } from './imports';
import { takeLeftovers } from './inbox';
import { menuClicked, rebuildMenus } from './menus';
import { wake, wakeForAccess } from './pump';
import { restoreHandlers } from './restore';
import { lookForStrays } from './stray-samples';

const { beginHarvest, sendCandidates, harvestProgress, ...ownHandlers } = harvestHandlers;
answer(
  { beginHarvest, sendCandidates, harvestProgress },
  { ...collectionHandlers, ...restoreHandlers, ...importHandlers, ...endHandlers, ...ownHandlers },
);
answerSidePanel();
// The toolbar button already says what went wrong in the tab; there is nobody else to tell.
onMenuClick(click => void menuClicked(click).catch(error => console.warn(error)));
forgetClosedTabs();
onWake(wake);
onAccessChanged(accessChanged, new AbortController().signal);
onBegin(installed => {
  begin();
  // Nothing else shows that anything was installed. An update changes nothing that a user waits for.
  if (installed) openApp('dataset').catch(error => console.warn(error));
});
self.addEventListener('online', wake);
closeOwnStorage().catch(error => console.warn(error));
// Whatever the background was started for, jobs and images may have waited since it was stopped.
wake();
takeLeftovers().catch(error => console.warn(error));
lookForStrays().catch(error => console.warn(error));

/** An install, an update or a start of the browser: what it keeps for us, menu and scripts, may be missing or of another version. */
function begin(): void {
  rebuildMenus().catch(error => console.warn(error));
  accessChanged();
}

/** The queue goes on where it may, or stops and says why; pages get our scripts, or get them no more. */
function accessChanged(): void {
  wakeForAccess();
  registerPageScripts().catch(error => console.warn(error));
}
