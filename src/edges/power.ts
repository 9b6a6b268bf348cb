// Whether work that nobody waits for would empty a battery.

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
  const battery = await getBattery?.call(navigator).catch(() => undefined);
  return battery !== undefined && !battery.charging;
}
