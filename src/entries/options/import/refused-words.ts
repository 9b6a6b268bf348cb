// Why files were not taken: "notes.jpg: This file is not an image.", and of several with one reason the names of the first:
// "2: This file is not an image. (notes.jpg, plan.png)".
import type { Reason } from '../../../contract/job';
import type { RefusedFile } from '../../../contract/messages';
import { nameList, number, t } from '../../../edges/i18n';
import { ownReasonWords } from '../../../edges/reason-words';

/** Names of one reason that fit into a sentence. */
const MOST_NAMED = 3;

export function refusedWords(rejected: Partial<Record<Reason, number>>, refused: readonly RefusedFile[]): string[] {
  return (Object.entries(rejected) as [Reason, number][]).map(([reason, n]) => {
    const names = refused.filter(file => file.reason === reason && file.name !== '').map(({ name }) => name);
    if (n === 1 && names.length === 1) return `${nameList(names)}: ${ownReasonWords(reason)}`;
    const count = `${number(n)}: ${ownReasonWords(reason)}`;
    return names.length > 0 ? t('import_refused_named', count, nameList(names, MOST_NAMED)) : count;
  });
}
