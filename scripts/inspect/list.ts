// A list of addresses: which label each gets, which columns were taken, and what of it is refused.

import { GleanerError } from '../../src/contract/error';
import { named, tidyName } from '../../src/pipeline/bucket/label-name';
import { checkAddress } from '../../src/pipeline/harvest/check-address';
import { checkList } from '../../src/pipeline/import/check-list';
import { MOST_LISTED_LABELS } from '../../src/pipeline/import/columns';
import { type ReadList, readList } from '../../src/pipeline/import/read-list';
import { byName, count, type Found, type Question } from './found';
import { classOrder } from './order';

/** Addresses checked at a time, as the app hands them over. */
const BATCH = 500;

export function inspectList(bytes: Uint8Array, name: string): Found {
  const list = readList(bytes);
  if (list.rows.length === 0) throw new GleanerError('list_empty', [named(name)]);
  const groups = new Map<string, string[]>();
  for (const { url, label } of list.rows) {
    const key = tidyName(label ?? name.replace(/\.[^.]*$/, '')) || 'label';
    groups.set(key, [...(groups.get(key) ?? []), url]);
  }
  if (groups.size > MOST_LISTED_LABELS)
    throw new GleanerError('list_many_labels', [`${groups.size}`, `${MOST_LISTED_LABELS}`]);
  const refused: Record<string, number> = {};
  count(refused, 'no-address', list.refused);
  const addresses: [string, string[]][] = [];
  for (const [label, urls] of groups) {
    const taken: string[] = [];
    for (let at = 0; at < urls.length; at += BATCH) {
      const checked = checkList(urls.slice(at, at + BATCH), checkAddress);
      for (const { url } of checked.candidates) taken.push(url);
      for (const [reason, n] of Object.entries(checked.refused)) count(refused, reason, n);
    }
    addresses.push([label, taken]);
  }
  const left: Record<string, number> = {};
  count(left, 'blank', list.blank);
  count(left, 'duplicate', list.duplicates);
  return {
    kind: 'list',
    shape: list.shape,
    labels: byName(addresses.map(([label, urls]) => [label, urls.length])),
    order: classOrder(addresses.map(([label]) => label)),
    left,
    asked: askedOf(list),
    columns: list.columns.filter(({ filled }) => list.shape !== 'lines' || filled > 0),
    ...(list.delimiter && { delimiter: list.delimiter }),
    ...(list.page && { codePage: list.page.taken }),
    ...(list.truncated && { truncated: true }),
    addresses: byName(addresses),
    refused,
  };
}

function askedOf(list: ReadList): Question[] | null {
  const asked: Question[] = [];
  const named = (role: string) => list.columns.find(column => column.role === role)?.name ?? '';
  const names = (of: 'addresses' | 'labels') =>
    list.columns.flatMap((column, at) => (column[of] ? [column.name || `${at + 1}`] : []));
  for (const why of list.doubts) {
    if (why === 'delimiter')
      asked.push({ question: why, why, taken: list.delimiter ?? 'none', choices: [list.delimiter ?? ',', 'none'] });
    else if (why === 'address-column')
      asked.push({ question: why, why, taken: named('address'), choices: names('addresses') });
    else asked.push({ question: 'label-column', why, taken: named('label'), choices: ['', ...names('labels')] });
  }
  if (list.page)
    asked.push({
      question: 'code-page',
      why: list.page.sure ? 'confirm' : 'unsure',
      taken: list.page.taken,
      choices: list.page.pages,
    });
  return asked.length > 0 ? asked : null;
}
