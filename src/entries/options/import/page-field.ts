// The code page in which names or a list are written, to be confirmed by what they look like in it.
import { t } from '../../../edges/i18n';
import { named } from '../../../pipeline/bucket/label-name';
import type { PageGuess } from '../../../pipeline/import/code-page';
import type { ImportField } from './asked';

export function pageField({ pages, samples, taken }: PageGuess & { taken: string }): ImportField {
  return {
    key: 'page',
    name: t('import_code_page'),
    value: taken,
    options: pages.map((page, at) => ({ value: page, words: `${page}: ${named(samples[at] ?? '', 40)}` })),
  };
}
