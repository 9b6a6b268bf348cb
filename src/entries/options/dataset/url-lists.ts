// Lists of image addresses: a file becomes downloads under one label or many, and a label's addresses become a file.
import { GleanerError } from '../../../contract/error';
import type { Job } from '../../../contract/job';
import type { Label } from '../../../contract/label';
import { number, plural, t } from '../../../edges/i18n';
import { ask } from '../../../edges/messages';
import { saveFile } from '../../../edges/save-file';
import { jobsOf } from '../../../edges/store/jobs';
import { checkedName, named } from '../../../pipeline/bucket/label-name';
import { urlTable } from '../../../pipeline/export/url-table';
import { MOST_LISTED } from '../../../pipeline/import/check-list';
import { MOST_LISTED_LABELS } from '../../../pipeline/import/columns';
import type { ReadList } from '../../../pipeline/import/read-list';
import { LIST_LIMITS, type ListedUrl, type UrlList } from '../../../pipeline/import/url-list';
import { addressOf } from '../../../pipeline/queue/job';
import { attempt, complain } from '../../parts/complain';
import { readUrlList } from '../../workers/url-list';
import { perform } from '../app/changes';
import { say } from '../app/notices';
import type { PageStep } from '../app/undo';
import { askImport, type Choice } from '../import/asked';
import { listChoice, listWords } from '../import/list-words';

/**
 * Puts the addresses of a file under the labels its label column names. Rows without a label go to `label`, or, where
 * none is given, to one named after the file. What was understood is shown before anything is added; what came of it is said, with
 * the way back.
 */
export function importList(file: File, label: Label | undefined): Promise<void> {
  return attempt(async () => {
    const otherwise = label?.name ?? file.name.replace(/\.[^.]*$/, '');
    const understand = async (choice: Choice) => {
      const list = await read(file, choice);
      if (list.rows.length === 0) throw new GleanerError('list_empty', [named(file.name)]);
      const groups = byLabel(list.rows, otherwise);
      if (groups.size > MOST_LISTED_LABELS)
        throw new GleanerError('list_many_labels', [number(groups.size), `${MOST_LISTED_LABELS}`]);
      // Before anything is taken: half a list would be worse than none.
      for (const name of groups.keys()) checkedName(name);
      return { understood: listWords(list, groups, otherwise, choice), result: { list, groups } };
    };
    const chosen = await askImport(file.name, understand, complain);
    if (!chosen) return;
    const { list, groups } = chosen;
    say(plural('list_importing', list.rows.length));
    await perform(importStep(file.name, list, groups));
  });
}

/** Saves every address that was collected for a label, whatever became of it, in the order of the pages. */
export function exportList(label: Label): Promise<void> {
  return attempt(async () => {
    const jobs: Job[] = [];
    // What was undone with its harvest is no longer the label's.
    for await (const job of jobsOf(label.id)) if (job.reason !== 'undone') jobs.push(job);
    if (jobs.length === 0) throw new GleanerError('list_nothing', [named(label.name)]);
    // The queue's order is that of the pages; only what had to be tried again stands later.
    jobs.sort((a, b) => a.notBefore - b.notBefore);
    const table = urlTable(
      label.name,
      // The address that gave the image, where it was not the first.
      jobs.map(job => (job.state === 'stored' ? { ...job.candidate, url: addressOf(job) } : job.candidate)),
    );
    await saveFile(new Blob([table], { type: 'text/csv' }), `${label.folder}-urls.csv`);
    say(plural('list_saved', jobs.length));
  });
}

/** Says that a list is being read, with the way to stop, until it is. */
async function read(file: File, choice: Choice): Promise<ReadList> {
  const controller = new AbortController();
  const stop = { words: t('cancel'), run: () => controller.abort() };
  const done = say(t('list_reading', named(file.name)), stop);
  try {
    return await readUrlList(file, navigator.languages, listChoice(choice), controller.signal);
  } finally {
    done();
  }
}

function byLabel(rows: ListedUrl[], otherwise: string): Map<string, string[]> {
  const groups = new Map<string, string[]>();
  for (const { url, label = otherwise } of rows) {
    const urls = groups.get(label);
    if (urls) urls.push(url);
    else groups.set(label, [url]);
  }
  return groups;
}

function importStep(name: string, list: UrlList, groups: Map<string, string[]>): PageStep {
  const taken = { added: 0, known: 0, thumbnails: 0, refused: 0 };
  let begun: string[] = [];
  let made: string[] = [];
  const step: PageStep = {
    words: '',
    async redo() {
      Object.assign(taken, { added: 0, known: 0, thumbnails: 0, refused: list.refused });
      begun = [];
      made = [];
      for (const [label, urls] of groups) {
        const after = begun.at(-1);
        const under = await ask('labelForImport', { name: label, ...(after !== undefined && { after }) });
        const { id } = under.label;
        if (under.made) made.push(id);
        let harvestId: string | undefined;
        for (let at = 0; at < urls.length; at += MOST_LISTED) {
          const part = { labelId: id, list: name, urls: urls.slice(at, at + MOST_LISTED) };
          const answer = await ask('importUrls', harvestId === undefined ? part : { ...part, harvestId });
          if (harvestId === undefined) begun.push(answer.harvestId);
          harvestId = answer.harvestId;
          const { 'thumbnail-host': thumbnails = 0, ...others } = answer.refused;
          taken.added += answer.added;
          taken.known += answer.known;
          taken.thumbnails += thumbnails;
          taken.refused += Object.values(others).reduce((sum, n) => sum + n, 0);
        }
      }
      step.words = wordsOf(taken, list, groups);
    },
    async undo() {
      for (const harvestId of begun) await ask('undoHarvest', { harvestId });
      await ask('deleteEmptyLabels', { labelIds: made });
    },
    lasting: () => ({ kind: 'bring', words: step.words, harvests: begun, labels: made }),
  };
  return step;
}

type Taken = Record<'added' | 'known' | 'thumbnails' | 'refused', number>;

/** "40 addresses added to Bears · 3 already there · 1 more than once · 2 blank lines": whatever is none is left out. */
function wordsOf(taken: Taken, list: UrlList, groups: Map<string, string[]>): string {
  const [only] = groups.keys();
  const where = groups.size === 1 && only !== undefined ? named(only) : plural('labels_count', groups.size);
  const parts = [plural('list_added', taken.added, where)];
  if (taken.known > 0) parts.push(plural('list_known', taken.known));
  if (list.duplicates > 0) parts.push(plural('list_duplicates', list.duplicates));
  if (list.blank > 0) parts.push(plural('list_blank', list.blank));
  if (taken.thumbnails > 0) parts.push(plural('list_thumbnails', taken.thumbnails));
  if (taken.refused > 0) parts.push(plural('list_refused', taken.refused));
  if (list.truncated) parts.push(cutWords(list));
  return parts.join(' · ');
}

function cutWords({ rows }: UrlList): string {
  if (rows.length >= LIST_LIMITS.rows) return t('list_truncated', number(LIST_LIMITS.rows));
  return t('list_cut', number(LIST_LIMITS.characters), number(LIST_LIMITS.lines));
}
