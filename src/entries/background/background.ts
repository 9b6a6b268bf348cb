// The background: every listener is registered here, while it starts, and only wires; the work is in the other files.
import browser from 'webextension-polyfill';
import { onWake } from '../../edges/keep-awake';
import { answer } from '../../edges/messages';
import { onAccessChanged } from '../../edges/permissions';
import { registerAccess } from './access';
import { collectionHandlers } from './collection';
import { harvestHandlers } from './harvests';
import { takeLeftovers } from './inbox';
import { registerMenus } from './menus';
import { wake } from './pump';

const { startHarvest, ...pageHandlers } = harvestHandlers;
answer(pageHandlers, { ...collectionHandlers, startHarvest });
registerMenus();
registerAccess();
onWake(wake);
onAccessChanged(wake, new AbortController().signal);
browser.runtime.onInstalled.addListener(wake);
browser.runtime.onStartup.addListener(wake);
browser.runtime.onStartup.addListener(() => void takeLeftovers().catch(error => console.warn(error)));
self.addEventListener('online', wake);
// Whatever the background was started for, jobs may have waited since it was stopped.
wake();
