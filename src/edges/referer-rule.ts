// A Referer for one request of our own: some hosts refuse images that come without the page they stand on.
import browser from 'webextension-polyfill';
import { netRequest } from './net-request';

/** Ids 1 to this are ours; others' rules have larger ones. */
const MOST_RULES = 1000;
let lastId = 0;

/**
 * Runs `request` while our requests for `address` carry `page` as their Referer. The rule is bound to the extension's
 * own requests, so that it never touches the user's browsing, and ends with the request.
 */
export async function withReferer<T>(address: string, page: string, request: () => Promise<T>): Promise<T> {
  lastId = (lastId % MOST_RULES) + 1;
  const id = lastId;
  const referer = new URL(page);
  referer.hash = '';
  referer.username = '';
  referer.password = '';
  await netRequest().updateSessionRules({
    removeRuleIds: [id],
    addRules: [
      {
        id,
        action: {
          type: 'modifyHeaders' as chrome.declarativeNetRequest.RuleActionType,
          requestHeaders: [
            {
              header: 'referer',
              operation: 'set' as chrome.declarativeNetRequest.HeaderOperation,
              value: referer.href,
            },
          ],
        },
        condition: {
          urlFilter: literal(address),
          isUrlFilterCaseSensitive: true,
          initiatorDomains: [new URL(browser.runtime.getURL('')).host],
          resourceTypes: ['xmlhttprequest' as chrome.declarativeNetRequest.ResourceType],
        },
      },
    ],
  });
  try {
    return await request();
  } finally {
    await netRequest().updateSessionRules({ removeRuleIds: [id] });
  }
}

/** Removes rules a background that died has left. */
export async function clearRefererRules(): Promise<void> {
  const left = await netRequest().getSessionRules();
  await netRequest().updateSessionRules({ removeRuleIds: left.map(({ id }) => id).filter(id => id <= MOST_RULES) });
}

/** A filter of this address, up to the first character that means something in filters. */
function literal(address: string): string {
  const url = new URL(address);
  url.hash = '';
  return `|${url.href.split(/[*^|]/, 1)[0]}`;
}
