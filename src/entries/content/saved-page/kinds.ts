// Which elements and attributes a saved file may hold: known by the names that a parser reads, whatever the page made them of.

/** Elements that only show what is in them. Those with rules of their own for what they hold are not among them. */
const SHOWN = new Set(
  'a abbr acronym address area article aside b bdi bdo big blockquote br button caption center cite code col colgroup data datalist dd del details dfn dialog dir div dl dt em fieldset figcaption figure font footer form h1 h2 h3 h4 h5 h6 header hgroup hr i img input ins kbd label legend li main map mark menu meta meter nav nobr ol optgroup option output p picture pre progress q rp rt ruby s samp script search section select slot small source span strike strong sub summary sup table tbody td textarea tfoot th thead time title tr tt u ul var wbr'.split(
    ' ',
  ),
);
/** What runs, loads, leads on or is read by rules of its own, and says nothing of a layout. */
const GONE = new Set(
  'animate animatemotion animatetransform applet audio base canvas embed fencedframe frame frameset handler iframe link noembed noframes noscript object plaintext portal set style template video xmp'.split(
    ' ',
  ),
);
/** Names with a hyphen mean nothing to a parser, outside of drawings and formulas, of which none is written. */
const OF_NO_MEANING = /^[a-z][a-z0-9]{0,40}(?:-[a-z0-9]{1,40}){1,4}$/;
const WORD = /^[a-z][a-z0-9]{0,39}$/;
/** These hold text alone: the tags of elements in them would be read as text, and so end where the page wants. */
export const TEXT_ONLY: ReadonlySet<string> = new Set(['script', 'textarea', 'title']);
/** A parser opens these again in every block that comes before their end. */
export const REOPENED: ReadonlySet<string> = new Set(
  'a b big code em font i nobr s small strike strong tt u'.split(' '),
);

/** The name under which an element is written; undefined when it is left out with all that it holds. */
export function writtenName(localName: string): string | undefined {
  const name = localName.toLowerCase();
  if (GONE.has(name)) return undefined;
  return SHOWN.has(name) || OF_NO_MEANING.test(name) ? name : standIn(name);
}

/** What stands for a drawing, a formula or an element that is not known. */
export function standIn(name: string): string {
  return `saved-${WORD.test(name) ? name : 'element'}`;
}

/** Begins the names of attributes that were renamed. */
export const SAVED = 'data-saved-';
/** Anything else could fall apart into other attributes when the file is read. */
const NAME = /^[a-z_][\w:.-]*$/i;
const RUNNING = /^on|^(?:style|srcdoc|nonce|integrity)$/i;
/** Attributes that a browser fetches, sends, runs or obeys; their values are what a bug report is about, so they keep a name. */
const LOADING =
  /^(?:href|src|srcset|data|poster|background|action|formaction|ping|manifest|longdesc|codebase|classid|archive|lowsrc|dynsrc|attributionsrc|imagesrcset|xlink:href|xml:base|type|http-equiv|charset)$/i;

/** Whether an attribute stays as it is, under another name, or not at all. */
export function fateOf(localName: string, name: string, value: string): 'stays' | 'renamed' | 'goes' {
  if (!NAME.test(name) || RUNNING.test(name)) return 'goes';
  if (name.toLowerCase() === 'href' && (localName === 'a' || localName === 'area')) {
    // A link that would run something is no address.
    return isWeb(value) ? 'stays' : 'goes';
  }
  if (name.startsWith(SAVED)) return 'stays';
  return LOADING.test(name) || /url\s*\(/i.test(value) ? 'renamed' : 'stays';
}

/** Whether it leads to another page or within this one. */
function isWeb(address: string): boolean {
  const base = 'https://page.invalid/';
  return URL.canParse(address, base) && /^(?:https?|mailto):$/.test(new URL(address, base).protocol);
}
