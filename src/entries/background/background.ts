// The background: every listener is registered here, while it starts, and only wires; the work is in the other files.
import browser from 'webextension-polyfill';
import { onWake } from '../../edges/keep-awake';
import { answer } from '../../edges/messages';
import { closeOwnStorage } from '../../edges/own-storage';
import { onAccessChanged } from '../../edges/permissions';
import { answerSidePanel } from '../../edges/side-panel';
import { forgetClosedTabs } from '../../edges/tab-harvests';
import { openApp } from '../../edges/tabs';
import { registerAccess } from './access';
import { collectionHandlers } from './collection';
import { harvestHandlers } from './harvests';
import { takeLeftovers } from './inbox';
import { registerMenus } from './menus';
import { wake } from './pump';
import { restoreHandlers } from './restore';
import { urlListHandlers } from './url-lists';

const { beginHarvest, offerCandidates, harvestProgress, ...ownHandlers } = harvestHandlers;
answer(
  { beginHarvest, offerCandidates, harvestProgress },
  { ...collectionHandlers, ...restoreHandlers, ...urlListHandlers, ...ownHandlers },
);
answerSidePanel();
registerMenus();
registerAccess();
forgetClosedTabs();
onWake(wake);
onAccessChanged(wake, new AbortController().signal);
browser.runtime.onInstalled.addListener(({ reason }) => {
  wake();
  // Nothing else shows that anything was installed. An update changes nothing that a user waits for.
  if (reason === 'install') openApp('dataset').catch(error => console.warn(error));
});
browser.runtime.onStartup.addListener(wake);
self.addEventListener('online', wake);
closeOwnStorage().catch(error => console.warn(error));
// Whatever the background was started for, jobs and pictures may have waited since it was stopped.
wake();
takeLeftovers().catch(error => console.warn(error));
