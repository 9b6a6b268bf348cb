// Brave: the SvelteKit start-up script holds the results as a JavaScript literal; scrolled ones come as answers.
import { engine } from './engine';
import { attribute, select } from './scan/dom';
import { Finds } from './scan/finds';
import { literalsAfter } from './scan/js-literal';
import { resolved, resolvedObjects } from './scan/references';
import { inlineScripts } from './scan/script-text';
import { isString, objectsIn, parseAnswer, type Shape, shape } from './scan/values';

export const brave = engine({
  id: 'brave',
  name: 'Brave',
  // All of it: its tabs switch without a load.
  matches: ['*://search.brave.com/*'],

  isResultsPage(url) {
    return url.hostname === 'search.brave.com' && /^\/images\/?$/.test(url.pathname);
  },

  searchUrl: query => `https://search.brave.com/images?q=${encodeURIComponent(query)}`,

  *steps(document) {
    const finds = new Finds();
    const thumbnails = new Set<string>();
    for (const script of inlineScripts(document)) {
      yield;
      for (const result of literalResults(script.text)) take(result, finds, thumbnails);
    }
    // A tile without a record still names its original: the proxy's address holds it in base64.
    for (const image of finds.reading(
      select(document, '.image-result img, .image-wrapper img, img[src*="//imgs.search.brave.com/"]'),
    )) {
      yield;
      const source = attribute(image, 'src') ?? '';
      if (source.includes('//imgs.search.brave.com/') && !source.includes('/aHR0c')) continue;
      if (!thumbnails.has(source)) finds.addTile(source);
      thumbnails.add(source);
    }
    return finds.found();
  },

  records(body) {
    const finds = new Finds();
    const answer = parseAnswer(body);
    const seen = new Set<string>();
    for (const result of objectsIn(answer)) {
      take(result, finds, seen);
      if (Array.isArray(result.data)) takeReferences(result.data, finds, seen);
    }
    return finds.found();
  },
});

/** The results in a script: `results:[…]` as a whole, or, where that is no readable literal, each `properties:{…}` alone. */
function* literalResults(text: string): Generator<Shape> {
  if (!/properties["']?\s*:\s*\{/.test(text)) return;
  let some = false;
  for (const list of literalsAfter(text, /\bresults["']?\s*:\s*\[/g)) {
    for (const object of objectsIn(list)) {
      some ||= isString(shape(object.properties).url);
      yield object;
    }
  }
  if (some) return;
  for (const properties of literalsAfter(text, /\bproperties["']?\s*:\s*\{/g)) yield { properties };
}

function take(result: Shape, finds: Finds, thumbnails: Set<string>): void {
  const properties = shape(result.properties);
  if (!isString(properties.url)) return;
  const thumbnail = shape(result.thumbnail).src;
  if (isString(thumbnail)) thumbnails.add(thumbnail);
  finds.addTile(properties.url, {
    width: properties.width,
    height: properties.height,
    title: result.title,
    sourcePage: result.url,
    thumbnail,
  });
}

function takeReferences(list: unknown[], finds: Finds, thumbnails: Set<string>): void {
  for (const result of resolvedObjects(list, 'properties')) {
    const properties = resolved(list, result.properties, ['url', 'width', 'height']);
    take({ ...result, properties, thumbnail: resolved(list, result.thumbnail, ['src']) }, finds, thumbnails);
  }
}
