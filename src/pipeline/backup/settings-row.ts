// The project's settings in a backup, each held against what it may be.
import { PROJECT_SETTINGS, type ProjectSettings, SETTINGS } from '../../contract/settings';
import { object, refuse, type Shape } from './shape';

/** A setting that came later is not in every backup: it is as it is by default. */
const fields = PROJECT_SETTINGS.map((name): [string, Shape<unknown>] => [
  name,
  (value, at) => (value === undefined ? SETTINGS[name].default : (SETTINGS[name].read(value) ?? refuse(at))),
]);

export const settingsRow = object(Object.fromEntries(fields)) as Shape<ProjectSettings>;
