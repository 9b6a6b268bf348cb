// Opens the extension's real popup in Firefox's toolbar and presses a button in it: BiDi does not reach into panels.
import type { Browser } from 'puppeteer-core';
import { chromeScope } from './firefox-chrome-scope';

/** @param id of the extension. @param selector of the button, which is waited for until it can be pressed. */
export async function pressInFirefoxPopup(browser: Browser, id: string, selector: string): Promise<void> {
  await (await chromeScope(browser)).run(PRESS, JSON.stringify({ id, selector }));
}

const PRESS = `async argument => {
  const { id, selector } = JSON.parse(argument);
  const until = async (test, what) => {
    for (let i = 0; i < 200; i++) {
      const value = test();
      if (value) return value;
      await new Promise(resolve => setTimeout(resolve, 50));
    }
    throw new Error(what);
  };
  const { ExtensionParent } = ChromeUtils.importESModule('resource://gre/modules/ExtensionParent.sys.mjs');
  const action = ExtensionParent.apiManager.global.browserActionFor(WebExtensionPolicy.getByID(id).extension);
  await action.openPopup(window, true);
  // Firefox loads it hidden and then moves it into the panel: only there it stays.
  const there = view =>
    view.closest('panel')?.state === 'open' &&
    /^moz-extension:/.test(view.currentURI?.spec ?? '') &&
    !view.webProgress?.isLoadingDocument;
  const view = await until(
    () => [...document.querySelectorAll('.webextension-popup-browser')].find(there),
    'the popup did not open',
  );
  const pressed = new Promise((resolve, reject) => {
    view.messageManager.addMessageListener('gleaner:pressed', resolve);
    setTimeout(() => reject(new Error('there is nothing to press in the popup at ' + view.currentURI.spec)), 15000);
  });
  const press = wanted => {
    const { setTimeout } = ChromeUtils.importESModule('resource://gre/modules/Timer.sys.mjs');
    const look = () => {
      const button = content?.document.querySelector(wanted);
      if (!button || button.disabled) return setTimeout(look, 50);
      button.click();
      sendAsyncMessage('gleaner:pressed');
    };
    look();
  };
  const script = '(' + press + ')(' + JSON.stringify(selector) + ')';
  view.messageManager.loadFrameScript('data:application/javascript;charset=utf-8,' + encodeURIComponent(script), false);
  await pressed;
}`;
