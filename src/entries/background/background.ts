// The background: every listener is registered here, while it starts, and only wires; the work is in the other files.
import browser from 'webextension-polyfill';
import { onWake } from '../../edges/keep-awake';
import { answer } from '../../edges/messages';
import { closeOwnStorage } from '../../edges/own-storage';
import { onAccessChanged } from '../../edges/permissions';
import { forgetClosedTabs } from '../../edges/tab-harvests';
import { registerAccess } from './access';
import { collectionHandlers } from './collection';
import { harvestHandlers } from './harvests';
import { takeLeftovers } from './inbox';
import { registerMenus } from './menus';
import { wake } from './pump';
import { restoreHandlers } from './restore';
import { urlListHandlers } from './url-lists';

const { startHarvest, redoHarvest, ...pageHandlers } = harvestHandlers;
answer(pageHandlers, { ...collectionHandlers, ...restoreHandlers, ...urlListHandlers, startHarvest, redoHarvest });
registerMenus();
registerAccess();
forgetClosedTabs();
onWake(wake);
onAccessChanged(wake, new AbortController().signal);
browser.runtime.onInstalled.addListener(wake);
browser.runtime.onStartup.addListener(wake);
self.addEventListener('online', wake);
closeOwnStorage().catch(error => console.warn(error));
// Whatever the background was started for, jobs and pictures may have waited since it was stopped.
wake();
takeLeftovers().catch(error => console.warn(error));
