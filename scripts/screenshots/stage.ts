// The extension in one language, and labels named in it. Its words are put in the place of English ones, because a browser
// without that language pack shows no others; numbers and dates follow the words.
import { cpSync } from 'node:fs';
import { join } from 'node:path';
import { drawnLabels, type LabelImages } from '../../harness/pictures/pictures';
import type { StoreLanguage } from '../package/store-texts';

const IMAGES = 40;
const NAMES: Record<StoreLanguage, Record<string, string>> = {
  en: {},
  de: { stripes: 'Streifen', dots: 'Punkte', checks: 'Karos', rings: 'Ringe' },
};

/** As the browser shows a page beside its own frame, and the size both stores take. */
export const SCREEN = { width: 1280, height: 800 };

export function labelsIn(language: StoreLanguage): LabelImages[] {
  return drawnLabels(IMAGES).map(({ label, images }) => ({ label: NAMES[language][label] ?? label, images }));
}

/** @param extension  a copy of a build, which is changed */
export function speak(extension: string, language: StoreLanguage): void {
  const locales = join(import.meta.dirname, '../../public/_locales');
  cpSync(join(locales, language, 'messages.json'), join(extension, '_locales/en/messages.json'));
}
