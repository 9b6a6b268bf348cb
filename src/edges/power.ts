// Whether work that nobody waits for would empty a battery.

/** How long the answer may take, in ms. */
const PATIENCE = 1000;

/** What Chromium tells of the battery; Firefox tells nothing. */
interface Battery {
  charging: boolean;
}

/** Whether nobody sees this page while the device runs on its battery; false where the browser does not tell. */
export async function hiddenOnBattery(): Promise<boolean> {
  return document.hidden && (await onBattery());
}

/** Whether the device runs on its battery; false where the browser does not tell. */
export async function onBattery(): Promise<boolean> {
  const { getBattery } = navigator as { getBattery?: () => Promise<Battery> };
  const asked = getBattery?.call(navigator).catch(() => undefined);
  // Where the system tells nothing of its power, the answer may never come.
  const battery = await Promise.race([
    asked,
    new Promise<undefined>(resolve => setTimeout(resolve, PATIENCE, undefined)),
  ]);
  return battery !== undefined && !battery.charging;
}
