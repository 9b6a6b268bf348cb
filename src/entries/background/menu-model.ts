// The right-click menu as data: which entries there are, and what a click on one means.
import type { Label } from '../../contract/label';
import type { LabelTarget } from '../../contract/messages';
import type { MenuItem } from '../../edges/context-menus';
import { named } from '../../pipeline/bucket/label-name';

/** What a click asks for. `query`: a label named after the search. `ask`: the panel's form names it. */
export type MenuAction =
  | { kind: 'results' | 'everything' | 'image'; target: LabelTarget | 'query' | 'ask' }
  | { kind: 'test' };

export interface MenuWords {
  results: string;
  everything: string;
  image: string;
  test: string;
  fromQuery: string;
  ask: string;
}

/** Browsers lay long menus out badly and slowly; the popup lists every label. */
const LABELS_SHOWN = 60;
const PARENTS = { results: ['page', 'link', 'image'], everything: ['page'], image: ['image'] } as const;

/** Entries in order. Ids are made of the label's id, never its name, so that they survive a rename. */
export function menuItems(labels: Label[], words: MenuWords): MenuItem[] {
  const items: MenuItem[] = [];
  for (const kind of ['results', 'everything', 'image'] as const) {
    const contexts = [...PARENTS[kind]];
    const child = (id: string, title?: string) =>
      items.push({ id: `${kind}:${id}`, parentId: kind, contexts, ...(title === undefined ? {} : { title }) });
    items.push({ id: kind, title: words[kind], contexts });
    for (const label of labels.slice(0, LABELS_SHOWN)) child(`label:${label.id}`, entryTitle(label.name));
    if (labels.length > 0) child('separator');
    if (kind === 'results') child('query', words.fromQuery);
    child('ask', words.ask);
  }
  items.push({ id: 'test', title: words.test, contexts: ['image'] });
  return items;
}

/** The meaning of an entry's id; undefined for parents, separators and ids of other versions. */
export function menuAction(id: string): MenuAction | undefined {
  if (id === 'test') return { kind: 'test' };
  const [, kind, rest] = /^(results|everything|image):(.+)$/s.exec(id) ?? [];
  if (kind !== 'results' && kind !== 'everything' && kind !== 'image') return undefined;
  if (rest === 'query' || rest === 'ask') return { kind, target: rest };
  return rest?.startsWith('label:') ? { kind, target: { labelId: rest.slice('label:'.length) } } : undefined;
}

/** A name as a menu shows it: `&` would mark an access key, and `%s` would be replaced by the selected text. */
function entryTitle(name: string): string {
  return named(name).replaceAll('&', '&&').replaceAll('%s', '%\u200Bs');
}
