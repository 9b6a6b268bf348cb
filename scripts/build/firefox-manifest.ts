// Firefox runs the background as an event page and knows no `service_worker`, `minimum_chrome_version` or `externally_connectable`.

interface ChromeManifest {
  background: { service_worker: string; type: string };
  [key: string]: unknown;
}

/** Firefox's manifest from Chrome's. */
export function firefoxManifest(chrome: ChromeManifest): Record<string, unknown> {
  const { minimum_chrome_version: _chrome, externally_connectable: _connect, ...shared } = chrome;
  return { ...shared, background: { scripts: [chrome.background.service_worker], type: 'module' } };
}
