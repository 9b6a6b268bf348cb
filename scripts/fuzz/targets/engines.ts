// Every engine on whole pages and whole answers.
import { JSDOM, VirtualConsole } from 'jsdom';
import { type Engine, engines } from '../../../src/engines';
import { clean } from '../../../src/pipeline/harvest/clean';
import { engineSamples } from '../fixtures';
import { foundFault } from '../found-fault';
import { mutateJson } from '../mutate';
import { type Target, text, textIn } from '../target';

const PAGE = new URL('https://results.test/search?q=cat');
/** What a link, an image or a script must hold so that one of the engines reads it. */
const LINK = 'https://a.test/imgres?imgurl=x&objurl=x&mediaurl=x&img_url=x&piurl=x&/iu/?u=x&url=';
const IMAGE = '//i.pinimg.com/236x/search.pstatic.net/unsplash.com/photo-/staticflickr.com/1/123456_0a?src=x&';
const SCRIPTS = [
  '"objURL" "data":[',
  'modelExport: {',
  'results:[',
  'imageSearchTabData = originalUrl [',
  '{"orig":',
  '',
];
const SCRIPT_TOKENS = [
  '"data":[',
  'results:[',
  'properties:{',
  'modelExport:',
  '"objURL":',
  'rawImageUrl',
  'foreign_landing_url',
  '["http',
];

/** Of each engine a fixture says where its scripts end; the files that are answers end so. */
const ANSWER = '.answer.txt';

function jsdom(html: string): Document {
  return new JSDOM(html, { url: PAGE.href, virtualConsole: new VirtualConsole() }).window.document;
}

/** A page in which every attribute and script that an engine reads holds the text. */
function everywhere(document: Document, repeated: string): Document {
  const page = document.implementation.createHTMLDocument('');
  const put = (tag: string, attributes: Record<string, string>, content = '') => {
    const element = page.createElement(tag);
    for (const [name, value] of Object.entries(attributes)) element.setAttribute(name, value);
    element.textContent = content;
    return page.body.appendChild(element);
  };
  for (const script of SCRIPTS) put('script', {}, script + repeated);
  put('a', { href: LINK + repeated, m: repeated, t1: repeated, class: 'iusc' });
  const tile = put('div', {
    'data-docid': 'x',
    'data-state': `{"origUrl":"${repeated}`,
    'data-objurl': `ippr${repeated}`,
  });
  tile.append(put('div', { class: 'rg_meta' }, repeated), put('a', { href: `/imgres?imgurl=${repeated}` }));
  put('li', { data: repeated, 'data-bg': repeated });
  const sources = put('picture', {});
  sources.append(put('source', { srcset: repeated }));
  for (const name of ['src', 'srcset', 'data-src', 'data-full', 'data-orig-file', 'data-srcset']) {
    const image = page.createElement('img');
    image.setAttribute(name, IMAGE + repeated);
    image.setAttribute('alt', repeated);
    sources.append(image);
  }
  return page;
}

function pageTarget(engine: Engine): Target {
  let shared: Document | undefined;
  return textIn({
    name: `page:${engine.id}`,
    of: [`engines/${engine.id}`],
    tokens: SCRIPT_TOKENS,
    samples: () => engineSamples(engine.id, '.html'),
    longest: 500_000,
    whole: true,
    // A text without a tag is a repetition, put wherever engines look; parsing megabytes of it is not ours to measure.
    prepare: html => {
      shared ??= jsdom('');
      return html.startsWith(REPEATED) ? everywhere(shared, html.slice(REPEATED.length)) : jsdom(html);
    },
    around: repeated => REPEATED + repeated,
    run: document => engine.candidates(document, PAGE),
    fault: foundFault,
  });
}
const REPEATED = 'REPEATED:';

function answerTarget(engine: Engine): Target[] {
  const { records } = engine;
  if (records === undefined) return [];
  return [
    text({
      name: `answer:${engine.id}`,
      of: [`engines/${engine.id}`],
      tokens: [
        ...SCRIPT_TOKENS,
        'data-bem="',
        "data-bem='",
        'href="img_url=',
        'img_url=',
        '{"image":"","thumbnail":"a"},',
      ],
      samples: () => engineSamples(engine.id, ANSWER),
      longest: 5_000_000,
      mutate: mutateJson,
      run: body => clean(records(body, PAGE, PAGE), new Set()),
      fault: foundFault,
    }),
  ];
}

export const engineTargets: Target[] = engines.flatMap(engine => [pageTarget(engine), ...answerTarget(engine)]);
