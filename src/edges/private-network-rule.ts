// Rules of the browser that keep our own requests out of the user's network: they hold at every hop of a redirect.
import browser from 'webextension-polyfill';
import { PRIVATE_ADDRESSES } from '../pipeline/download/private-hosts';
import { netRequest } from './net-request';

/** Above every id `referer-rule` uses. */
const FIRST_ID = 10_001;
const ids = PRIVATE_ADDRESSES.map((_, number) => FIRST_ID + number);

let inPlace: Promise<boolean> | undefined;

/**
 * Whether the browser keeps this extension's requests out of private networks; puts the rules in place first. They last as
 * long as the browser's session and no other code removes them, so they are looked at once in each context. They hold for
 * hosts the extension has access to: with less than access to all sites no redirect may be followed. The user's browsing is
 * never touched.
 */
export function keepsOutOfPrivateNetworks(): Promise<boolean> {
  inPlace ??= putInPlace().then(
    done => {
      if (!done) inPlace = undefined;
      return done;
    },
    error => {
      console.error(error);
      inPlace = undefined;
      return false;
    },
  );
  return inPlace;
}

async function putInPlace(): Promise<boolean> {
  await netRequest().updateSessionRules({ removeRuleIds: ids, addRules: ids.map(rule) });
  const there = new Set((await netRequest().getSessionRules()).map(({ id }) => id));
  return ids.every(id => there.has(id));
}

function rule(id: number, number: number): chrome.declarativeNetRequest.Rule {
  return {
    id,
    action: { type: 'block' as chrome.declarativeNetRequest.RuleActionType },
    condition: {
      regexFilter: PRIVATE_ADDRESSES[number] as string,
      initiatorDomains: [new URL(browser.runtime.getURL('')).host],
      resourceTypes: ['xmlhttprequest' as chrome.declarativeNetRequest.ResourceType],
    },
  };
}
