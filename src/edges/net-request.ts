// The browsers' rules on requests; `webextension-polyfill` has no types for this API.
import browser from 'webextension-polyfill';

export function netRequest(): typeof chrome.declarativeNetRequest {
  return (browser as unknown as { declarativeNetRequest: typeof chrome.declarativeNetRequest }).declarativeNetRequest;
}
