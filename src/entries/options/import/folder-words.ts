// What a tree of folders was understood as, in words, and the ways to read it otherwise.
import { nameList, number, plural, t } from '../../../edges/i18n';
import { named } from '../../../pipeline/bucket/label-name';
import type { FolderReading } from '../../../pipeline/import/folder-choices';
import type { LeftReason } from '../../../pipeline/import/found-classes';
import type { TreeFile } from '../../../pipeline/import/image-files';
import type { OpenZip } from '../../../pipeline/import/open-zip';
import type { Understood } from '../../../pipeline/import/tree';
import type { Choice, ImportField, ImportInWords } from './asked';
import { pageField } from './page-field';

export function treeWords(
  { readings, unfit, others }: Understood,
  choice: Choice,
  page: OpenZip['page'],
): { understood: ImportInWords; result: FolderReading<TreeFile> } {
  const chosen = readings.find(reading => reading.choice === choice.folders) ?? readings[0];
  if (!chosen) throw new Error('a tree with images can be read');
  const labels = [...chosen.labels].map(([name, files]): [string, number] => [name, files.length]);
  const total = plural('images', chosen.images.length);
  const doubts = [
    ...chosen.doubts.map(doubt => t(`import_doubt_${doubt}`)),
    ...(page && !page.sure && choice.page === undefined ? [t('import_doubt_page')] : []),
  ];
  const understood = {
    labels,
    total,
    doubts,
    fields: fieldsOf(readings, chosen, page),
    left: leftWords(chosen, unfit, others.length),
    action: t('import_add', total),
  };
  return { understood, result: chosen };
}

function fieldsOf(
  readings: readonly FolderReading<TreeFile>[],
  chosen: FolderReading<TreeFile>,
  page: OpenZip['page'],
): ImportField[] {
  const fields: ImportField[] = [];
  if (page) fields.push(pageField(page));
  if (readings.length > 1)
    fields.push({
      key: 'folders',
      name: t('import_by_folders'),
      value: chosen.choice,
      options: readings.map(reading => ({ value: reading.choice, words: wayWords(reading) })),
    });
  return fields;
}

/** "cats, dogs, 3 more": a way is told by the labels it gives. */
function wayWords({ choice, labels }: FolderReading<TreeFile>): string {
  const names = nameList([...labels.keys()], 4);
  if (choice === 'one') return t('import_way_one', names);
  return choice === 'file-name' ? t('import_way_file_name', names) : names;
}

function leftWords({ left, splits }: FolderReading<TreeFile>, unfit: TreeFile[], others: number): string[] {
  const reasons = Object.entries({ ...left, ...(unfit.length > 0 && { unfit }) }) as [
    LeftReason | 'unfit',
    TreeFile[],
  ][];
  return [
    ...reasons.map(([reason, files]) => {
      const names = nameList(
        files.map(({ path }) => path.slice(path.lastIndexOf('/') + 1)),
        2,
      );
      return t(`import_left_${reason}`, number(files.length), names);
    }),
    ...(others > 0 ? [plural('import_others', others)] : []),
    ...(splits.length > 0
      ? [
          t(
            'import_left_splits',
            nameList(
              [...new Set(splits)].map(name => named(name)),
              6,
            ),
          ),
        ]
      : []),
  ];
}
