// Chrome's manifest has none of Firefox's keys: its store warns of what it does not know.

/** Chrome's manifest from the one both browsers' are made of. */
export function manifestForChrome<Shared extends { browser_specific_settings: unknown }>(
  shared: Shared,
): Omit<Shared, 'browser_specific_settings'> {
  const { browser_specific_settings: _firefox, ...chrome } = shared;
  return chrome;
}
