// What a list of addresses was understood as, in words, and the ways to read it otherwise.
import { nameList, number, plural, t } from '../../../edges/i18n';
import { named } from '../../../pipeline/bucket/label-name';
import type { Column } from '../../../pipeline/import/columns';
import { LINE_ABOVE } from '../../../pipeline/import/list-lines';
import type { FileChoice, ReadList } from '../../../pipeline/import/read-list';
import type { Choice, ImportField, ImportInWords } from './asked';
import { pageField } from './page-field';

/** No column, as the value of a choice. */
const NONE = '-1';

/** What stands on a line and may be its label, in the order of the columns. */
const LINE_PARTS: Record<number, (sample: string) => string> = {
  0: sample => t('import_words_before', sample),
  2: sample => t('import_words_behind', sample),
  [LINE_ABOVE]: sample => t('import_lines_above', sample),
};

/** What a person chose, as the reader takes it. */
export function listChoice(choice: Choice): FileChoice {
  return {
    ...(choice.page !== undefined && { page: choice.page }),
    ...(choice.address !== undefined && { address: Number(choice.address) }),
    ...(choice.label !== undefined && { label: Number(choice.label) }),
    ...(choice.delimiter !== undefined && { delimiter: choice.delimiter as NonNullable<FileChoice['delimiter']> }),
  };
}

/**
 * @param groups  addresses by label
 * @param otherwise  the label of addresses without one
 */
export function listWords(
  list: ReadList,
  groups: ReadonlyMap<string, string[]>,
  otherwise: string,
  choice: Choice,
): ImportInWords {
  const total = plural('list_addresses', list.rows.length);
  const doubts = [
    ...list.doubts.map(doubt => t(`import_doubt_${doubt}`)),
    ...(list.page && !list.page.sure && choice.page === undefined ? [t('import_doubt_page')] : []),
  ];
  return {
    labels: [...groups].map(([name, urls]) => [name, urls.length]),
    total,
    doubts,
    fields: fieldsOf(list, otherwise),
    left: leftWords(list),
    action: t('import_add', total),
  };
}

function fieldsOf(list: ReadList, otherwise: string): ImportField[] {
  const fields: ImportField[] = [];
  const place = (role: Column['role']) => `${list.columns.findIndex(column => column.role === role)}`;
  const options = (of: 'addresses' | 'labels') =>
    list.columns.flatMap((column, at) => {
      const words = list.shape === 'lines' ? LINE_PARTS[at]?.(named(column.sample, 40)) : undefined;
      return column[of] ? [{ value: `${at}`, words: words ?? columnWords(column, at) }] : [];
    });
  if (list.page) fields.push(pageField(list.page));
  if (list.doubts.includes('delimiter'))
    fields.push({
      key: 'delimiter',
      name: t('import_delimiter'),
      value: list.delimiter ?? 'none',
      options: [
        { value: list.delimiter ?? ',', words: t('import_delimiter_cells', list.delimiter ?? ',') },
        { value: 'none', words: t('import_delimiter_none') },
      ],
    });
  const addresses = options('addresses');
  if (addresses.length > 1)
    fields.push({ key: 'address', name: t('import_address_column'), value: place('address'), options: addresses });
  const labels = options('labels');
  if (labels.length > 0)
    fields.push({
      key: 'label',
      name: t('import_label_column'),
      value: place('label'),
      options: [...labels, { value: NONE, words: t('import_no_column', named(otherwise)) }],
    });
  return fields;
}

/** "Class Name: cat" */
function columnWords({ name, sample }: Column, at: number): string {
  return `${name === '' ? t('import_column', number(at + 1)) : named(name)}: ${named(sample, 40)}`;
}

function leftWords({ columns, refused, duplicates, blank }: ReadList): string[] {
  const split = columns.flatMap(({ role, name }, at) =>
    role === 'split' ? [name || t('import_column', number(at + 1))] : [],
  );
  const unused = columns
    .filter(({ role, name, filled }) => role === 'unused' && name !== '' && filled > 0)
    .map(({ name }) => name);
  return [
    ...(refused > 0 ? [plural('list_refused', refused)] : []),
    ...(duplicates > 0 ? [plural('list_duplicates', duplicates)] : []),
    ...(blank > 0 ? [plural('list_blank', blank)] : []),
    ...(split.length > 0 ? [t('import_left_split_column', nameList(split))] : []),
    ...(unused.length > 0 ? [t('import_unused', nameList(unused))] : []),
  ];
}
