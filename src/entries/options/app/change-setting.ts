// Changes settings by hand: kept, and shown at once by every screen.
import type { Settings } from '../../../contract/settings';
import { changeSettings } from '../../../edges/settings';
import { attempt } from '../../parts/complain';
import { settings } from './state';

/** Says so where they cannot be kept. */
export function changeSetting(change: Partial<Omit<Settings, 'version'>>): void {
  void attempt(async () => {
    settings.value = await changeSettings(change);
  });
}
