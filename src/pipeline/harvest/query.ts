// What was searched for, read from the address of a results page; it names the label "from this search".
import { LONGEST_LABEL_NAME } from '../../contract/label';
import { percentDecoded } from '../../formats/percent';

const PARAMETERS = ['q', 'query', 'word', 'wd', 'text', 'search', 'p', 'keyword', 'term'];
/** Engines that put the query into the path: /s/photos/black-cats, /photos/tags/cat, /wiki/Category:Cats. */
const PATHS = [
  /^\/(?:[a-z]{2}(?:-[a-z]{2})?\/)?s\/[^/]+\/([^/]+)/i,
  /^\/photos\/tags\/([^/]+)/,
  /^\/wiki\/Category:([^/]+)/,
  /^\/images\/search\/([^/]+)/,
];

/** The query with single spaces, at most as long as a label's name; '' when the address holds none. */
export function queryOf(url: URL): string {
  for (const name of PARAMETERS) {
    const value = tidy(url.searchParams.get(name) ?? '');
    if (value !== '') return value;
  }
  for (const pattern of PATHS) {
    const part = pattern.exec(url.pathname)?.[1];
    if (part !== undefined) return tidy(percentDecoded(part).replace(/[-_+]/g, ' '));
  }
  return '';
}

function tidy(text: string): string {
  return text.replace(/\s+/g, ' ').trim().slice(0, LONGEST_LABEL_NAME);
}
