// The code page in which names or a list are written, to be confirmed by what they look like in it.
import { t } from '../../../edges/i18n';
import type { PageGuess } from '../../../pipeline/import/code-page';
import type { Field } from './asked';

/** @param sample  some of the words as they are read now */
export function pageField({ pages, taken }: PageGuess & { taken: string }, sample: string): Field {
  return {
    key: 'page',
    name: t('import_code_page'),
    value: taken,
    options: pages.map(page => ({ value: page, words: page === taken ? `${page}: ${sample}` : page })),
  };
}
