// Before any test: both browsers are there, installed where they were missing. Two files at once would do it at the same time.
import { BROWSER_NAMES } from '../../harness/browsers/driver';
import { obtainBrowser } from '../../harness/browsers/install';

export default async function setup(): Promise<void> {
  for (const name of BROWSER_NAMES) await obtainBrowser(name, line => console.log(`[${name}] ${line}`));
}
