// What a person calls the place images came from: the search site's own name, or words for what is no site.
import { t } from '../../../edges/i18n';
import { engines } from '../../../engines';

/** Ways into the collection that are no search site, and ordinary pages. */
const OWN_WORDS = new Set(['own', 'folder', 'list', 'generic']);

/** @param id an engine's id, or what stands in its place; one that nothing here knows any more is given back. */
export function sourceName(id: string): string {
  return OWN_WORDS.has(id) ? t(`source_${id}`) : (engines.find(engine => engine.id === id)?.name ?? id);
}
