// Firefox runs the background as an event page, has a sidebar where Chrome has a side panel, and knows no `service_worker`,
// `minimum_chrome_version` or `externally_connectable`.

interface ChromeManifest {
  background: { service_worker: string; type: string };
  side_panel: { default_path: string };
  permissions: string[];
  icons: Record<string, string>;
  [key: string]: unknown;
}

/** Firefox's manifest from Chrome's. */
export function firefoxManifest(chrome: ChromeManifest): Record<string, unknown> {
  const { minimum_chrome_version: _chrome, externally_connectable: _connect, side_panel: panel, ...shared } = chrome;
  return {
    ...shared,
    // Opening a sidebar needs no permission, and it is opened by a click, not by the installation.
    permissions: chrome.permissions.filter(name => name !== 'sidePanel'),
    sidebar_action: {
      default_panel: panel.default_path,
      default_title: '__MSG_name__',
      default_icon: chrome.icons,
      open_at_install: false,
    },
    background: { scripts: [chrome.background.service_worker], type: 'module' },
  };
}
