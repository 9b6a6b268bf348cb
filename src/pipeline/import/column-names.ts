// What a column's name says of what is in it, in the words of the tools and sites that write tables.

import { withoutAccents } from './accents';

export interface NameHints {
  /** How much the name speaks for addresses of images; below 0 for those of pages, people and thumbnails. */
  address: number;
  /** How much it speaks for labels, 0 to 100; undefined where it speaks against them. */
  label: number | undefined;
}

const IMAGE =
  /^(?:images?|imgs?|imageurl|imgurl|photos?|photourl|pictures?|pics?|media|bild|bilder|foto|fotos|cover|coco)$/;
const LARGE =
  /^(?:orig|original|full|fullsize|large|largest|big|hires|highres|high|max|hd|src|file|download|content|display|direct|raw)$/;
const SMALL =
  /^(?:thumbs?|thumbnails?|thumbnailurl|thumburl|preview|icon|avatar|favicon|logo|square|sq|mini|tiny|small|low|lowres|placeholder)$/;
const ELSEWHERE =
  /^(?:page|pages|source|permalink|web|website|homepage|home|profile|author|user|owner|license|licence|ref|refer|referrer|context|landing|article|post|wiki|parent|foreign|host|site|domain|observation|html|api|self|next|prev)$/;
const LINK = /^(?:link|links|href|address|uri)$/;
/** The sizes Flickr names by one letter, from the original down. */
const LETTERS: Record<string, number> = {
  o: 12,
  k: 11,
  h: 10,
  l: 8,
  c: 6,
  z: 4,
  m: 2,
  n: 0,
  s: -4,
  t: -12,
  q: -12,
  sq: -12,
};

const LABEL: [RegExp, number][] = [
  [
    /^(?:labels?|class|classes|classname|labelname|categor(?:y|ies)|categoryname|klassen?|kategorien?|etiquetas?|etiquettes?|clases?|classes?|categorias?|categories?|etichett[ae]|etykiet[ay]|etiket|kategoria|kategori|s[ıi]n[ıi]f|klass|target|groundtruth|класс|категория|метка|类别|類別|标签|標籤|分类|分類|クラス|カテゴリー?|ラベル|클래스|카테고리|라벨|레이블|분류)$/,
    100,
  ],
  [
    /^(?:species|scientific|breed|variety|cultivar|taxon|vernacular|common|art|rasse|spezies|especies?|especes?|specie|soort|gatunek|вид|порода|物种|種類|种类|品种)$/,
    80,
  ],
  [/^(?:genus|gattung)$/, 70],
  // What a dictionary has in place of a name.
  [/^(?:key|value)$/, 60],
  [
    /^(?:tags?|type|kind|object|subject|query|keywords?|search|term|topic|choice|annotation|folder|group|character|person|celebrity|brand|model|make|emotion|diagnosis|disease|finding|dx|style|genre|family|order|animal|plant|name|word|concept|entity|synset|wnid|product|material|color|colour)$/,
    60,
  ],
];
const NO_LABEL =
  /^(?:ids?|uid|uuid|guid|index|idx|no|nr|number|num|width|height|size|w|h|x|y|xmin|xmax|ymin|ymax|left|top|right|bottom|box|bbox|boxes|date|time|timestamp|datetime|year|month|day|observed|created|updated|uploaded|lat|latitude|lon|lng|longitude|url|urls|licen[sc]e|rights|user|login|author|photographer|owner|credit|attribution|copyright|split|subset|set|fold|usage|partition|lang|language|nsfw|similarity|score|confidence|probability|prob|md5|sha|sha1|sha256|hash|checksum|status|grade|format|ext|extension|mime|engine|source|site|domain|host|country|place|location|page|description|comment|rank|position|count|views|likes|favorites|rating|file|filename|path|exif|bytes|filesize|aspect|quality|subcategory)$/;

/** What img2dataset and search tools write beside an address: labels where few come again and again, else sentences. */
const SENTENCE = /^(?:caption|text|title|alt)$/;

/** @param name  as the table writes it; '' where it has no header */
export function hintsOf(name: string): NameHints {
  const words = wordsIn(name);
  return { address: addressHint(words), label: labelHint(words) };
}

/** Whether a word in a header line speaks for it being one, where the cells alone do not. */
export function namesColumn(name: string): boolean {
  const words = wordsIn(name);
  return (
    words.length > 0 &&
    words.every(word => /^(?:urls?|uris?)$/.test(word) || IMAGE.test(word) || LINK.test(word) || LARGE.test(word))
  );
}

function addressHint(words: readonly string[]): number {
  let hint = 0;
  if (words.some(word => IMAGE.test(word))) hint += 30;
  if (words.some(word => LARGE.test(word))) hint += 10;
  if (words.some(word => LINK.test(word))) hint -= 8;
  if (words.some(word => SMALL.test(word))) hint -= 40;
  if (words.includes('medium')) hint -= 6;
  if (words.some(word => ELSEWHERE.test(word))) hint -= 30;
  const last = words.at(-1) ?? '';
  return words.length > 1 && Object.hasOwn(LETTERS, last) ? hint + (LETTERS[last] ?? 0) : hint;
}

function labelHint(words: readonly string[]): number | undefined {
  const joined = words.join('');
  const [sure] = LABEL;
  if (sure?.[0].test(joined)) return sure[1];
  const against = words.some(word => NO_LABEL.test(word));
  const best = Math.max(0, ...words.map(word => LABEL.find(([names]) => names.test(word))?.[1] ?? 0));
  // "category_id" numbers the classes that another column may name; "user_name" and "file_name" name something else.
  if (words.some(word => SENTENCE.test(word))) return best === 100 ? 50 : 0;
  if (against) return best === 100 ? 50 : words.includes('search') || words.includes('common') ? best : undefined;
  return best;
}

function wordsIn(name: string): string[] {
  return withoutAccents(name.slice(0, 200))
    .replace(/(\p{Ll})(\p{Lu})/gu, '$1 $2')
    .toLowerCase()
    .split(/[^\p{L}\p{N}]+/u)
    .filter(word => word !== '');
}
