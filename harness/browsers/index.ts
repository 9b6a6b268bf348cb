// Starts a browser with the built extension, getting the browser first where it is missing.
import { launchChromium } from './chromium';
import type { BrowserName, Driver, LaunchOptions } from './driver';
import { launchFirefox } from './firefox';
import { obtainBrowser } from './install';

const LAUNCHERS = { chromium: launchChromium, firefox: launchFirefox };

export async function launch(
  name: BrowserName,
  options: LaunchOptions,
  say: (line: string) => void = console.log,
): Promise<Driver> {
  return LAUNCHERS[name](await obtainBrowser(name, say), options);
}
