// The demo's little web: search engines, their thumbnail hosts, and the hosts that hold the images.
import { createHash } from 'node:crypto';
import type { ImageFile, LabelImages } from '../pictures/pictures';
import { bingPage } from './bing-page';
import { duckduckgoPage } from './duckduckgo-page';
import { googlePage } from './google-page';
import type { DemoEngine, EngineMarkup, Result } from './results-page';
import type { Host } from './site';
import { thumbnailOf } from './thumbnail';

/** Each a registrable domain of its own: the app is polite to each, so many of them let it be quick. */
const IMAGE_HOSTS = [
  'images.lantern.example',
  'img.harbour.example',
  'static.meadow.example',
  'media.orchard.example',
  'cdn.pebble.example',
  'photos.quarry.example',
  'pics.rowan.example',
  'files.saffron.example',
  'images.thistle.example',
  'img.umber.example',
  'static.velvet.example',
  'media.willow.example',
  'cdn.yarrow.example',
  'photos.zephyr.example',
  'pics.amber.example',
  'files.bramble.example',
];
/** Each engine's markup, with so many results on its first and its further pages, or as many as the real one has. */
const ENGINES: Record<DemoEngine, (perPage?: number) => EngineMarkup> = {
  bing: bingPage,
  google: perPage => googlePage(perPage, perPage),
  duckduckgo: duckduckgoPage,
};
const TYPES: Record<string, string> = { jpg: 'image/jpeg', jpeg: 'image/jpeg' };

/** A result before an engine gives it a thumbnail of its own. */
export type Listed = Omit<Result, 'thumbnail'>;

export interface DemoWeb {
  hosts: Map<string, Host>;
  /** Results of each query, in order, for every engine. What is changed here is served changed. */
  results: Map<string, Listed[]>;
  /** Address of a search on the first engine, or on another that was asked for. */
  searchAddress(query: string, engine?: DemoEngine): string;
  /** Makes all small images at once, for a bench that measures what else goes on while they are asked for. */
  makeThumbnails(): void;
}

/** A label's name is the query that finds its images. */
export function demoWeb(labels: LabelImages[], engines: readonly DemoEngine[], perPage?: number): DemoWeb {
  const images = new Map<string, ImageFile>();
  const thumbnails = new Map<string, ImageFile>();
  const results = new Map<string, Listed[]>();
  for (const { label, images: list } of labels) {
    results.set(
      label,
      list.map((image, i) => {
        const host = IMAGE_HOSTS[i % IMAGE_HOSTS.length] ?? '';
        const path = `/${encodeURIComponent(label)}/${i}/${encodeURIComponent(image.name)}`;
        const id = createHash('sha256')
          .update(host + path)
          .digest('hex')
          .slice(0, 40);
        images.set(host + path, image);
        thumbnails.set(id, image);
        return {
          id,
          address: `https://${host}${path}`,
          sourcePage: `https://${host}/pages/${encodeURIComponent(label)}-${i}.html`,
          title: `${label} ${i + 1} & more`,
          width: image.width,
          height: image.height,
        };
      }),
    );
  }
  const imageHost: Host = (_request, url, response) => {
    const image = images.get(url.hostname + url.pathname);
    if (image === undefined) {
      response
        .writeHead(404, { 'content-type': 'text/html' })
        .end('<!doctype html><title>Not here</title><p>Not here.</p>');
      return;
    }
    const extension = image.name.split('.').at(-1)?.toLowerCase() ?? '';
    response.writeHead(200, {
      'content-type': TYPES[extension] ?? `image/${extension}`,
      'content-length': image.bytes.length,
    });
    response.end(image.bytes);
  };
  const hosts = new Map<string, Host>(IMAGE_HOSTS.map(host => [host, imageHost]));
  // Each is made once, when it is first asked for: a photo of some megabytes takes about a second.
  const made = new Map<ImageFile, Buffer>();
  const thumbnail = (image: ImageFile) => {
    const small = made.get(image) ?? thumbnailOf(image.bytes);
    made.set(image, small);
    return small;
  };
  const thumbnailHost: Host = (_request, url, response) => {
    const image = thumbnails.get(/OIP\.([0-9a-f]+)/.exec(url.search)?.[1] ?? '');
    if (image === undefined) {
      response.writeHead(404).end();
      return;
    }
    response.writeHead(200, { 'content-type': 'image/jpeg' }).end(thumbnail(image));
  };
  const markups = new Map(engines.map(engine => [engine, ENGINES[engine](perPage)]));
  for (const markup of markups.values()) {
    hosts.set(markup.searchHost, searchHost(markup, results));
    hosts.set(markup.thumbnailHost, thumbnailHost);
  }
  return {
    hosts,
    results,
    searchAddress(query, engine = engines[0]) {
      const markup = engine && markups.get(engine);
      if (markup === undefined) throw new Error(`This web has no ${engine}.`);
      return markup.searchAddress(query);
    },
    makeThumbnails() {
      for (const image of thumbnails.values()) thumbnail(image);
    },
  };
}

function searchHost(markup: EngineMarkup, results: Map<string, Listed[]>): Host {
  const links = [...results.keys()].map(query => ({ query, address: markup.searchAddress(query) }));
  const resultsOf = (query: string): Result[] =>
    (results.get(query) ?? []).map(result => ({ ...result, thumbnail: markup.thumbnail(result.id) }));
  return (_request, url, response) => {
    const more = markup.more(url, resultsOf);
    if (more !== undefined) {
      response.writeHead(200, { 'content-type': more.type }).end(more.body);
      return;
    }
    const query = markup.queryOfPage(url);
    if (query === undefined) {
      // Whatever else is asked of the host leads to a search, so that a user who wanders about finds back.
      response.writeHead(302, { location: links[0]?.address ?? '/' }).end();
      return;
    }
    response.writeHead(200, { 'content-type': 'text/html; charset=utf-8' });
    response.end(markup.page(query, resultsOf(query), links));
  };
}
