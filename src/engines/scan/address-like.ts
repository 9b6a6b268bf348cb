// Whether an attribute's value is an address: pages keep flags, sizes, colours and JSON in attributes of the same names.

/** Longer values carry data. */
const MAX_LENGTH = 10_000;
const IMAGE = /\.(?:jpe?g|jfif|png|webp|gif|avif|bmp|tiff?|jxl|heic|svgz?)(?::\w{1,10})?$/i;
/** Programs that make images are asked by a path that ends in one of these, with a query. */
const PROGRAM = /\.(?:php|aspx?|ashx|axd|cgi|pl|jsp|do)$/i;
/** First parts of "image/jpeg" and its like. */
const MEDIA_TYPE = /^(?:image|text|application|video|audio|font|multipart|model)\/[\w.+-]+$/i;

/**
 * How much a value looks like an address. `sure`: it has a scheme or host, begins at a folder, or ends as image files do.
 * `perhaps`: it has folders and nothing that speaks against it. Undefined: it is something else.
 */
export function likeness(value: string): 'sure' | 'perhaps' | undefined {
  const text = value.trim();
  if (text === '' || text.length > MAX_LENGTH) return undefined;
  if (/^(?:https?:)?\/\/[^\s/?#]+\.?[^\s/?#]*(?:[/?#]|$)/i.test(text))
    return /[\s"<>{}]/.test(text) ? undefined : 'sure';
  // Anything else with a scheme is no web address; brackets and quotes are of JSON, styles and scripts.
  if (/^[a-z][a-z0-9+.-]*:/i.test(text) || /[{}[\]<>"`\\^|]/.test(text) || /[(),;]\s/.test(text)) return undefined;
  const path = text.replace(/[?#].*$/s, '');
  if (path === '') return undefined;
  if (IMAGE.test(path) && !/^\.\w+$/.test(path)) return 'sure';
  if (/\s/.test(text)) return undefined;
  if (/^\.{0,2}\/[^/]/.test(path) || (PROGRAM.test(path) && text.length > path.length)) return 'sure';
  if (!path.includes('/') || MEDIA_TYPE.test(path)) return undefined;
  // 16/9 and 2024/05/01 are a ratio and a date.
  return path.split('/').every(part => /^\d{0,4}$/.test(part)) ? undefined : 'perhaps';
}

/** Whether the path of an absolute address ends as image files do. */
export function isImagePath(address: string): boolean {
  return IMAGE.test(pathOf(address));
}

export function isDrawing(address: string): boolean {
  return /\.svgz?$/i.test(pathOf(address));
}

/** The absolute http(s) address, or undefined: placeholders in data: must not win over an attribute of a lazy loader. */
export function resolve(address: unknown, base: string): string | undefined {
  if (typeof address !== 'string' || address.trim() === '' || address.length > MAX_LENGTH) return undefined;
  if (!URL.canParse(address.trim(), base)) return undefined;
  const url = new URL(address.trim(), base);
  return url.protocol === 'https:' || url.protocol === 'http:' ? url.href : undefined;
}

/** As `resolve`, of a value that looks like an address. */
export function resolveLike(value: string | null, base: string): { url: string; sure: boolean } | undefined {
  const like = value === null ? undefined : likeness(value);
  const url = like === undefined ? undefined : resolve(value, base);
  return url === undefined ? undefined : { url, sure: like === 'sure' };
}

export function pathOf(address: string): string {
  return URL.canParse(address) ? new URL(address).pathname : '';
}
