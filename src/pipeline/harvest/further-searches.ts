// Which searches could bring a label further images: other engines, and words that ask for other views, in the name's language.
import { type Purity, sumOfPurities } from './purity';

export interface SearchWay {
  /** Id of the engine. */
  engine: string;
  query: string;
}

export interface SearchYield extends SearchWay, Purity {}

/** Scripts that tell what language a name is of, with the engine that knows it best and words that ask for other views. */
const SCRIPTS: { script: RegExp; engine?: string; words: string[] }[] = [
  { script: /[\p{sc=Hiragana}\p{sc=Katakana}]/u, engine: 'yahoo', words: ['写真', '横から'] },
  { script: /\p{sc=Hangul}/u, engine: 'naver', words: ['사진', '옆모습'] },
  { script: /\p{sc=Han}/u, engine: 'baidu', words: ['照片', '侧面'] },
  { script: /\p{sc=Cyrillic}/u, engine: 'yandex', words: ['фото', 'вид сбоку'] },
  { script: /\p{sc=Greek}/u, words: ['φωτογραφία'] },
  { script: /\p{sc=Arabic}/u, words: ['صورة'] },
  { script: /\p{sc=Hebrew}/u, words: ['תמונה'] },
];

/** Suggested at a time: more would be a list nobody reads. */
const MOST = 6;

/** What was searched for a label so far, each way once, the most fruitful first. */
export function yieldsOf(searches: readonly SearchYield[]): SearchYield[] {
  const ways = new Map<string, SearchYield>();
  for (const search of searches) {
    const { engine, query } = search;
    const before = ways.get(keyOf(search));
    ways.set(keyOf(search), { engine, query, ...sumOfPurities(before ? [before, search] : [search]) });
  }
  return [...ways.values()].sort((a, b) => b.kept - a.kept);
}

/**
 * Searches that were not made yet, engines and words by turns.
 * @param engines  ids of those that can be opened, the one of choice first
 * @param words  that ask for other views, in the language of the interface: for names that may be of it
 */
export function furtherSearches(
  name: string,
  done: readonly SearchYield[],
  engines: readonly string[],
  words: readonly string[],
): SearchWay[] {
  const own = SCRIPTS.find(({ script }) => script.test(name));
  const known = new Set(done.map(keyOf));
  const isNew = (way: SearchWay) => !known.has(keyOf(way));
  const best = done.find(({ engine, kept }) => kept > 0 && engines.includes(engine))?.engine ?? engines[0];
  if (best === undefined) return [];
  const ranked = [...(own?.engine && engines.includes(own.engine) ? [own.engine] : []), ...engines];
  const elsewhere = [...new Set(ranked)].map(engine => ({ engine, query: name })).filter(isNew);
  const otherwise = (own?.words ?? words).map(word => ({ engine: best, query: `${name} ${word}` })).filter(isNew);
  const longest = Math.max(elsewhere.length, otherwise.length);
  const byTurns = Array.from({ length: longest }, (_, i) => [elsewhere[i], otherwise[i]]).flat();
  return byTurns.filter(way => way !== undefined).slice(0, MOST);
}

/** One for queries that an engine takes for the same. */
function keyOf({ engine, query }: SearchWay): string {
  return `${engine} ${query.trim().toLowerCase()}`;
}
