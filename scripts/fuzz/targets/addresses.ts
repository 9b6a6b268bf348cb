// Readers of addresses, headers and messages: what servers, pages and content scripts say.
import { percentDecoded } from '../../../src/formats/percent';
import { tidyName } from '../../../src/pipeline/bucket/label-name';
import { refusedAddress } from '../../../src/pipeline/download/address';
import { optedOut } from '../../../src/pipeline/download/opt-out';
import { isPrivateHost } from '../../../src/pipeline/download/private-hosts';
import { retryAfter } from '../../../src/pipeline/download/retry-after';
import { outcomeOfStatus } from '../../../src/pipeline/download/status';
import { checkAddress } from '../../../src/pipeline/harvest/check-address';
import { checkBatch, checkCandidate, checkText, httpAddress } from '../../../src/pipeline/harvest/check-batch';
import { checkPageState } from '../../../src/pipeline/harvest/check-page-state';
import { largerSizes } from '../../../src/pipeline/harvest/larger-sizes';
import { checkedPlan, namesIn } from '../../../src/pipeline/harvest/plan';
import { queryOf } from '../../../src/pipeline/harvest/query';
import { checkList } from '../../../src/pipeline/import/check-list';
import { mutateJson } from '../mutate';
import { type Target, text } from '../target';

const PROXIED = [
  'https://imgs.search.brave.com/x/rs:fit/g:ce/aHR0cHM6/Ly9hLnRlc3Qv/MS5qcGc',
  'https://external-content.duckduckgo.com/iu/?u=https%3A%2F%2Fa.test%2F1.jpg',
  'https://www.google.co.uk/imgres?imgurl=https://a.test/1.jpg',
  'https://gimg2.baidu.com/image_search/src=http%3A%2F%2Fa.test%2F1.jpg&refer=x',
  'https://encrypted-tbn0.gstatic.com/images?q=tbn:x',
  'https://user:pass@a.test:8080/1.jpg#x',
];
const SIZED = [
  'https://i.pinimg.com/236x/ab/cd/ef/abcdef0123456789abcdef0123456789.jpg',
  'https://upload.wikimedia.org/wikipedia/commons/thumb/a/ab/Bear.jpg/320px-Bear.jpg',
  'https://static.wikia.nocookie.net/bears/images/a/ab/B.png/revision/latest/scale-to-width-down/300?cb=1',
  'https://m.media-amazon.com/images/I/71abc._AC_US218_.jpg',
  'https://a.test/wp-content/uploads/2024/05/bear-300x200.jpg?w=300',
  'https://cdn.shopify.com/s/files/1/2/3/products/bear_300x300_crop_center@2x.jpg?v=1',
  'https://res.cloudinary.com/demo/image/upload/c_fill,w_300/v1/bear.jpg',
  'https://1.bp.blogspot.com/-x/A/B/C/w400-h300-p/bear.JPG',
];
const SIZED_HOSTS = [
  'upload.wikimedia.org',
  'i.pinimg.com',
  'avatars.mds.yandex.net',
  'static.wikia.nocookie.net',
  'm.media-amazon.com',
  'cdn.shopify.com',
  'res.cloudinary.com',
  'preview.redd.it',
  'pbs.twimg.com',
  'lh3.googleusercontent.com',
  'i0.wp.com',
];
const HARVEST = '123e4567-e89b-12d3-a456-426614174000';
const BATCH = {
  harvestId: HARVEST,
  engine: 'bing',
  candidates: [
    {
      url: 'https://a.test/1.jpg',
      alternatives: ['https://a.test/2.jpg'],
      width: 10,
      height: 20,
      title: 't',
      sourcePage: 'https://a.test/',
      licence: 'CC0',
    },
  ],
  tiles: 3,
  refused: { 'no-full-size': 2 },
};

function parsed(json: string): unknown {
  try {
    return JSON.parse(json);
  } catch {
    return undefined;
  }
}

export const addressTargets: Target[] = [
  text({
    name: 'private-host',
    of: ['pipeline/download/private-hosts'],
    tokens: ['local.', '10.', 'home.arpa', '2001:', '['],
    samples: () => ['a.test', '10.0.0.7', '[fc00::1]', 'printer.local', 'localhost..'],
    run: isPrivateHost,
  }),
  text({
    name: 'percent',
    of: ['formats/percent'],
    tokens: ['%', '%E2', '%zz', '%25'],
    samples: () => ['a%20b', '100 %', '%F0%9F%90%BB'],
    run: percentDecoded,
  }),
  text({
    name: 'check-address',
    of: ['pipeline/harvest/clean', 'pipeline/harvest/unwrap', 'pipeline/harvest/thumbnails'],
    tokens: ['google.', 'yandex.', '/src=', '&u=', 'aHR0c', 'https%3A%2F%2F', '/thumb'],
    samples: () => PROXIED,
    around: repeated => `https://www.google.com/imgres/${repeated}`,
    run: checkAddress,
    fault: result =>
      'key' in result && !(/^https?:\/\//.test(result.key) && URL.canParse(result.key))
        ? `address ${result.key}`
        : undefined,
  }),
  text({
    name: 'larger-sizes',
    of: ['pipeline/harvest/larger-sizes', 'pipeline/harvest/sites-sizes', 'pipeline/harvest/asked-size'],
    tokens: [
      '/thumb',
      '/a/ab/',
      '300px-',
      '-300x200',
      '_300x',
      '/revision/latest',
      'w_300,',
      '/s320',
      '-c',
      '=s300',
      '._AC_',
      '_.jpg',
      '/x',
    ],
    samples: () => SIZED,
    around: repeated => `https://upload.wikimedia.org/wikipedia/commons/thumb/${repeated}`,
    run: address =>
      SIZED_HOSTS.flatMap(host => {
        if (!URL.canParse(address)) return [];
        const url = new URL(address);
        url.hostname = host;
        return largerSizes(url);
      }),
    fault: found =>
      found.map(address => (/^https?:\/\//.test(address) && URL.canParse(address) ? undefined : address)).find(Boolean),
  }),
  text({
    name: 'query-of',
    of: ['pipeline/harvest/query'],
    tokens: ['/photos/tags/', '/s/photos/', '+', '?q='],
    samples: () => ['/search?q=black+cats', '/s/photos/black-cats', '/wiki/Category:Cats%20and%20dogs'],
    run: path => (URL.canParse(path, 'https://a.test') ? queryOf(new URL(path, 'https://a.test')) : ''),
    fault: query => (/\s\s|^\s|\n/.test(query) ? `query ${JSON.stringify(query)}` : undefined),
  }),
  text({
    name: 'refused-address',
    of: ['pipeline/download/address'],
    tokens: ['a.', '..', 'http://1.', '[::', '0x7f.', 'localhost.'],
    samples: () => [
      'https://a.test/1.jpg',
      'http://127.0.0.1/',
      'http://[::1]/',
      'http://a.test./',
      'https://10.0.0.7:443/x',
    ],
    around: repeated => `http://a.${repeated}.test/`,
    run: refusedAddress,
  }),
  text({
    name: 'opted-out',
    of: ['pipeline/download/opt-out'],
    tokens: ['noai', 'noai,', 'gleaner:', 'x:noai,', ' :'],
    samples: () => ['noai', 'googlebot: noindex, noimageai', 'gleaner: noai'],
    run: optedOut,
  }),
  text({
    name: 'retry-after',
    of: ['pipeline/download/retry-after', 'pipeline/download/status'],
    tokens: ['GMT', 'Mon, ', '12 '],
    samples: () => ['120', 'Wed, 21 Oct 2026 07:28:00 GMT', '1.5'],
    run: header => [retryAfter(header, 0) ?? 0, outcomeOfStatus(429, header, 0)] as const,
    fault: ([ms]) => (ms >= 0 ? undefined : `waits ${ms}`),
  }),
  text({
    name: 'check-text',
    of: [],
    samples: () => ['a title', 'two\nlines\u0000'],
    run: words => [checkText(words, 300), httpAddress(words, 2048)] as const,
    fault: ([words]) =>
      words.length > 300 || /\p{Cc}/u.test(words) ? `text ${JSON.stringify(words.slice(0, 50))}` : undefined,
  }),
  text({
    name: 'names-of-labels',
    of: ['pipeline/harvest/plan'],
    tokens: ['\n', ', ', '1. ', '- ', '\t'],
    samples: () => ['black bear\ngrizzly bear', '1. a, b; c', '- x\n- x', '["a"]'],
    run: words => namesIn(words, tidyName),
    fault: names =>
      names.length > 100 || new Set(names).size < names.length || names.some(name => name === '' || name.length > 300)
        ? `names ${JSON.stringify(names).slice(0, 80)}`
        : undefined,
  }),
  text({
    name: 'plan',
    of: [],
    samples: () => [JSON.stringify({ engine: 'bing', at: 0, searches: [{ name: 'a', query: 'b', state: 'done' }] })],
    mutate: mutateJson,
    run: json => checkedPlan(parsed(json)),
    fault: plan => (plan && plan.searches[plan.at] === undefined ? 'no search is open' : undefined),
  }),
  text({
    name: 'page-state',
    of: [],
    samples: () => [JSON.stringify({ phase: 'loading', engine: 'bing', tiles: 9, found: 3, refused: {}, quiet: true })],
    mutate: mutateJson,
    run: json => checkPageState(parsed(json)),
    fault: state => (state && !(state.tiles >= 0 && state.engine.length <= 40) ? 'a state out of bounds' : undefined),
  }),
  text({
    name: 'check-offer',
    of: ['pipeline/harvest/check-batch'],
    samples: () => [JSON.stringify(BATCH)],
    mutate: mutateJson,
    run: json => [checkBatch(parsed(json)), checkCandidate(parsed(json))] as const,
    fault: ([offer]) =>
      offer &&
      (offer.harvestId.length !== 36 ||
        offer.candidates.length > 500 ||
        offer.candidates.some(({ url }) => !/^https?:/.test(url)))
        ? 'an offer beyond its bounds'
        : undefined,
  }),
  text({
    name: 'check-list',
    of: ['pipeline/import/check-list'],
    samples: () => [JSON.stringify(PROXIED)],
    mutate: mutateJson,
    run: json => checkList(parsed(json), checkAddress),
    fault: ({ candidates }) =>
      candidates.every(({ url }) => /^https?:/.test(url)) ? undefined : 'an address that is none',
  }),
];
