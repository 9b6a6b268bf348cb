// What is known of sites that keep larger copies of an image: a table with the proof of each line.
import { asksForLess, LARGE, widthIn, within, withoutResizing, withoutSize } from './asked-size';

export interface SiteSizes {
  site: string;
  /** Where it is written that the rewritten address is the same image, larger. */
  proof: string;
  host: RegExp;
  path: RegExp;
  /** Addresses of larger copies, the largest first; none where this one is large enough. */
  larger(url: URL, path: RegExpExecArray): string[];
}

const IMAGE = '(?:jpe?g|png|gif|webp|avif|bmp|tiff?)';

/** One part of a Cloudinary address that transforms, such as "w_300,c_fill": letters it knows, each with a value. */
const TRANSFORMATION =
  /^(?:(?:ac?|af|ar|bl?|bo|br|co?|cs|dl?|dn|dpr|e|fl?|fn|g|h|if|ki|l|o|pg?|q|r|t|u|[w-z])_[^,]{1,100}(?:,(?=.)|$))+$/;

/** The first line that knows an address decides. */
export const SITES: readonly SiteSizes[] = [
  {
    site: 'Pinterest',
    proof:
      'Pins list their copies as images: {236x, 474x, 736x, orig}, all with one name. An original keeps the type it was uploaded in, ' +
      'so its address may answer 403; 736x is always there.',
    host: /^i\.pinimg\.com$/,
    path: /^\/(\d{2,3})x(\/[0-9a-f]{2}\/[0-9a-f]{2}\/[0-9a-f]{2}\/[0-9a-f]{20,}\.\w{3,4})$/,
    larger: (url, [, width, name]) =>
      Number(width) < 700 ? [within(url)(`/originals${name}`), within(url)(`/736x${name}`)] : [],
  },
  {
    site: 'Yandex avatars',
    proof:
      'https://yandex.ru/dev/avatars and its clients: /get-<namespace>/<group>/<name>/<alias>, where the alias "orig" is the upload.',
    host: /^avatars\.mds\.yandex\.net$/,
    path: /^(\/get-(?!images-)[\w-]{1,60}\/\d{1,12}\/[\w.-]{1,100}\/)(?!orig$)[\w-]{1,40}$/,
    larger: (url, [, start]) => [within(url)(`${start}orig`)],
  },
  {
    site: 'MediaWiki',
    proof:
      'https://www.mediawiki.org/wiki/Manual:Thumb_handler: thumb/a/ab/Name/NNNpx-Name is made of a/ab/Name. Drawings and scans are ' +
      'no pictures themselves; of them larger widths are asked for, among those made for everyone.',
    host: /./,
    path: /^((?:\/[\w.-]{1,60}){1,5})\/thumb(\/(?:archive\/)?[0-9a-f]\/[0-9a-f]{2}\/)([^/]{1,300})\/((?:lossy-|lossless-)?(?:page\d{1,5}-)?)(\d{1,4})px-([^/]{1,300})$/,
    larger(url, [, start, folder, name = '', kind, width, shown = '']) {
      if (Number(width) >= LARGE || !(shown.startsWith(name) || /^thumbnail\.\w{3,4}$/.test(shown))) return [];
      if (isImage(name)) return [within(url)(`${start}${folder}${name}`)];
      return Number(width) < 960 ? [within(url)(`${start}/thumb${folder}${name}/${kind}960px-${shown}`)] : [];
    },
  },
  {
    site: 'Fandom',
    proof:
      'https://github.com/Wikia/vignette: …/revision/<revision> is the original, what follows it asks for a thumbnail.',
    host: /^(?:static|vignette\d*)\.wikia\.nocookie\.net$/,
    path: /^(\/.{1,600}?\/revision\/[a-z0-9]{1,20})\/([a-z-]{1,40}\/.{1,100})$/,
    larger: (url, [, start, mode = '']) => (widthIn(mode) >= LARGE ? [] : [within(url)(start ?? '', url.search)]),
  },
  {
    site: 'Amazon',
    proof:
      'The letters between "._" and "_." ask Amazon for a size (SL1500: long side 1500); data-old-hires and the zoom give the same id.',
    host: /^(?:m\.media-amazon\.com|(?:[\w-]{1,40}\.)?(?:ssl-)?images-amazon\.com)$/,
    path: /^(\/images\/[A-Z]\/[^/]{1,200}?)\._([^/]{1,200})_(\.\w{3,4})$/,
    larger(url, [, id, asked = '', ending]) {
      if (widthIn(asked) >= LARGE || asked === 'V1') return [];
      // Of films (M) the original is written with its version alone.
      return asked.startsWith('V1') ? [within(url)(`${id}._V1_${ending}`)] : [within(url)(`${id}${ending}`)];
    },
  },
  {
    site: 'WordPress',
    proof: 'WP_Image_Editor::generate_filename: every size but the upload itself is called name-WIDTHxHEIGHT.',
    host: /./,
    path: new RegExp(
      `^(.{0,600}/(?:wp-content|app)/(?:uploads|files|blogs\\.dir)/.{1,300}?)-(\\d{2,4})x(\\d{2,4})(\\.${IMAGE})$`,
      'i',
    ),
    larger: (url, [, start, width, height, ending]) =>
      Math.max(Number(width), Number(height)) < LARGE ? [within(url)(`${start}${ending}`, withoutSize(url))] : [],
  },
  {
    site: 'Jetpack',
    proof:
      'https://developer.wordpress.com/docs/photon/api: without w, h, resize, fit, crop and zoom the upload itself is given.',
    host: /^(?:i\d\.wp\.com|[\w-]{1,63}\.files\.wordpress\.com)$/,
    path: new RegExp(`\\.${IMAGE}$`, 'i'),
    larger: url => withoutResizing(url),
  },
  {
    site: 'WordPress.com',
    proof: 'As Jetpack: sites of WordPress.com resize what lies under wp-content/uploads by the same parameters.',
    host: /\.wordpress\.com$/,
    path: /\/wp-content\/uploads\//,
    larger: url => withoutResizing(url),
  },
  {
    site: 'Shopify',
    proof:
      'https://shopify.dev/docs/api/liquid/filters/image_url: width, height and crop ask for a size; img_url before it wrote _300x300 or a ' +
      "size's name behind the file's.",
    host: /./,
    path: new RegExp(
      `^(.{0,200}/(?:s/files/|cdn/shop/).{1,300}?)(?:_(?:pico|icon|thumb|small|compact|medium|large|grande|\\d{1,4}x\\d{0,4}|x\\d{1,4})(?:_crop_[a-z]{1,10})?(?:@[23]x)?)?((?:\\.progressive)?\\.${IMAGE})$`,
      'i',
    ),
    larger(url, [, start = '', ending = '']) {
      const named = url.pathname.length > start.length + ending.length;
      if (url.pathname.includes('/s/files/') && !/(?:^|\.)shopify(?:cdn)?\.(?:com|net)$/.test(url.hostname)) return [];
      const asked = widthIn(url.pathname.slice(start.length, url.pathname.length - ending.length));
      return (named && asked < LARGE) || asksForLess(url) ? [within(url)(`${start}${ending}`, withoutSize(url))] : [];
    },
  },
  {
    site: 'Cloudinary',
    proof:
      'https://cloudinary.com/documentation/image_transformations: …/upload/<transformations>/<version>/<id>; without them it is the upload.',
    host: /^res(?:-\d)?\.cloudinary\.com$/,
    path: /^(\/[^/]{1,60}\/image\/(?:upload|fetch|private)\/)(.{1,1500})$/,
    larger(url, [, start, rest = '']) {
      const parts = rest.split('/');
      const first = parts.findIndex(part => !TRANSFORMATION.test(part));
      // A signed address is valid as it stands only; one that asks for no size holds the whole upload.
      const sizes =
        parts
          .slice(0, Math.max(0, first))
          .join()
          .match(/(?<![a-z])(?:[wh]_\d{1,5}|t_)/g) ?? [];
      if (sizes.length === 0 || rest.includes('s--') || sizes.some(size => widthIn(size) >= LARGE)) return [];
      return [within(url)(`${start}${parts.slice(first).join('/')}`)];
    },
  },
  {
    site: 'Reddit',
    proof:
      'The API lists under preview.images[].source what i.redd.it/<id> holds; preview.redd.it shrinks it for a signed width.',
    host: /^preview\.redd\.it$/,
    path: new RegExp(`^/(?:[\\w-]{1,200}-v0-)?([a-z0-9]{6,20}\\.${IMAGE})$`),
    larger: (_url, [, name]) => [`https://i.redd.it/${name}`],
  },
  {
    site: 'Twitter',
    proof:
      'https://developer.x.com/en/docs/x-api/v1/data-dictionary/object-model/entities#media-size: name=small, medium, large; orig is the upload.',
    host: /^pbs\.twimg\.com$/,
    path: /^(\/(?:media|ext_tw_video_thumb|tweet_video_thumb)\/[\w/-]{1,200}?)(?:\.(jpg|png|webp))?(?::(\w{1,12}))?$/,
    larger(url, [, start, ending, shown]) {
      const format = url.searchParams.get('format') ?? ending;
      const size = url.searchParams.get('name') ?? shown ?? 'medium';
      if (format === undefined || /^(?:orig|large|4096x4096|2048x2048)$/.test(size) || !/^[a-z]{3,4}$/.test(format))
        return [];
      return ['orig', 'large'].map(name => `${url.origin}${start}?format=${format}&name=${name}`);
    },
  },
  {
    site: 'Twitter portraits',
    proof:
      'https://developer.x.com/en/docs/x-api/v1/accounts-and-users/user-profile-images-and-banners: without _normal it is the upload.',
    host: /^pbs\.twimg\.com$/,
    path: /^(\/profile_images\/\d{1,24}\/[\w-]{1,100}?)_(?:normal|bigger|mini|x96|reasonably_small|\d{2,3}x\d{2,3})(\.\w{3,4})$/,
    larger: (url, [, start, ending]) => [within(url)(`${start}${ending}`)],
  },
  {
    site: 'Blogger',
    proof:
      'As Google photos: s, w and h are the size asked for, and 1600 is what Blogger itself links to; with -h the answer is a page ' +
      'that shows it.',
    host: /^(?:\d\.bp\.blogspot\.com|blogger\.googleusercontent\.com|lh\d\.(?:ggpht|googleusercontent)\.com)$/,
    path: /^(\/.{1,600}\/)([swh]\d{1,4}(?:-[a-z]{1,4}\d{0,4}){0,8})(\/[^/]{0,300})$/,
    larger: (url, [, start, asked = '', name]) =>
      widthIn(asked) >= LARGE && !/-h(?:-|$)/.test(asked) ? [] : [within(url)(`${start}s1600${name}`)],
  },
  {
    site: 'Next.js',
    proof:
      'https://nextjs.org/docs/app/api-reference/components/image: /_next/image?url=<original>&w=<width>&q=<quality> is made of the original.',
    host: /./,
    path: /\/_next\/image\/?$/,
    larger(url) {
      const original = url.searchParams.get('url') ?? '';
      const [known, width] = [/^(?:https?:\/)?\/[^/]/i.test(original), Number(url.searchParams.get('w'))];
      return known && width < LARGE && URL.canParse(original, url) ? [new URL(original, url).href] : [];
    },
  },
  {
    site: 'Google photos',
    proof:
      'https://cloud.google.com/appengine/docs/legacy/standard/python/refdocs/google.appengine.api.images: "=sN" asks for the long side.',
    host: /^lh\d\.(?:ggpht|googleusercontent)\.com$/,
    path: /^(\/.{1,1500}=)([swh]\d{1,4}(?:-[a-z]{1,4}\d{0,4}){0,8})$/,
    larger: (url, [, start, asked = '']) => (widthIn(asked) >= LARGE ? [] : [within(url)(`${start}s1600`)]),
  },
];

function isImage(name: string): boolean {
  return /\.(?:jpe?g|png|gif|webp|avif)$/i.test(name);
}
