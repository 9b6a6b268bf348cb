// Readers of what stands in pages and their answers, each by itself.
import { likeness, resolveLike } from '../../../src/engines/scan/address-like';
import { decipher } from '../../../src/engines/scan/baidu-cipher';
import { cssUrl } from '../../../src/engines/scan/css-url';
import { Finds } from '../../../src/engines/scan/finds';
import { googleLinksIn, readImgres, readRgMeta } from '../../../src/engines/scan/google-links';
import { googleRecords } from '../../../src/engines/scan/google-records';
import { decodeEntities, plainText } from '../../../src/engines/scan/html-entities';
import { literalAfter, literalsAfter } from '../../../src/engines/scan/js-literal';
import { unescapeString } from '../../../src/engines/scan/js-string';
import { isModest } from '../../../src/engines/scan/nesting';
import { resolved, resolvedObjects } from '../../../src/engines/scan/references';
import { sizeInAddress, stemOf } from '../../../src/engines/scan/size-in-address';
import { sizeInText } from '../../../src/engines/scan/size-in-text';
import { largestOf } from '../../../src/engines/scan/srcset';
import { objectsIn, parseAnswer, stringsIn } from '../../../src/engines/scan/values';
import { isOfQuery } from '../../../src/entries/content/answers/unread-answers';
import { redact, shownName } from '../../../src/entries/content/saved-page/redact';
import { engineSamples } from '../fixtures';
import { foundFault } from '../found-fault';
import { mutateJson } from '../mutate';
import { type Target, text } from '../target';

const RECORD = '"d0cId",["https:\\/\\/t.gstatic.com\\/1",90,120],["https://full.test/cat%20one.jpg",900,1200]]';
const RECORDS = `[${`[1,[0,${RECORD},null,0,{"2003":[null,"d0cId","https://page.test/","A title"]}],`.repeat(5)}0]`;

/** Every value below, as the engines look at them. */
function walk(value: unknown): number {
  let seen = 0;
  for (const _object of objectsIn(value)) seen++;
  for (const _string of stringsIn(value)) seen++;
  return seen;
}

function manyKeys(count: number): string {
  return Array.from({ length: count }, (_, i) => `"k${i}":0`).join();
}

/** Mail addresses that are still there, beside the mark that stands in place of others. */
function mailLeft(clean: string): string | undefined {
  const unmarked = clean.replaceAll(/(?:someone|REMOVED)@example\.invalid/g, ' ').slice(0, 20_000);
  const left = /(?<![\w.+-])[\w.+-]{1,64}@[a-z]{1,20}\.[a-z]{2,10}(?![\w.-])/i.exec(unmarked);
  return left === null ? undefined : `left ${left[0]}`;
}

export const pageText: Target[] = [
  text({
    name: 'srcset',
    of: ['engines/scan/srcset'],
    tokens: ['a.jpg', ' 1x', '2w,', ', ', ' ,'],
    samples: () => [
      '/a.jpg 1x, /b,c.jpg 2x',
      'https://a.test/1.jpg 100w, https://a.test/2.jpg 2000w,\n\t\t/3.jpg 300w',
    ],
    run: largestOf,
    fault: found => (found && (found.url === '' || /\s/.test(found.url)) ? `address ${found.url}` : undefined),
  }),
  text({
    name: 'address-like',
    of: ['engines/scan/address-like'],
    tokens: ['/', './', '../', '//', 'a.php?', 'image/', '.jpg', '.jpg:', 'a/b', ', ', '1/'],
    samples: () => [
      '/img/a.jpg',
      '//a.test/1.webp?x=1',
      'photos/48213',
      'true',
      '{"src":"/a.jpg"}',
      'rgba(0, 0, 0, .5)',
    ],
    run: value => ({ like: likeness(value), found: resolveLike(value, 'https://a.test/b/') }),
    fault: ({ found }) => (found && !/^https?:\/\//.test(found.url) ? `address ${found.url}` : undefined),
  }),
  text({
    name: 'size-in-address',
    of: ['engines/scan/size-in-address'],
    tokens: ['300x', '-300', '_w', 'w_300', '@2x', 'thumb', 'large', '/', '-', '%20'],
    samples: () => ['c_1600.jpg', 'w/300x200/bear-thumb.jpg', 'bear.jpg?w=1024', 'original/bear@2x.png'],
    around: repeated => `/${repeated}`,
    run: path => {
      const address = URL.canParse(path, 'https://a.test') ? new URL(path, 'https://a.test').href : '';
      return { size: sizeInAddress(address), stem: stemOf(address) };
    },
    fault: ({ size }) => (size !== undefined && !(size >= 16 && size <= 10_000) ? `size ${size}` : undefined),
  }),
  text({
    name: 'css-url',
    of: ['engines/scan/css-url'],
    tokens: ['url("', "url('", 'url( ', 'url(a', ') '],
    samples: () => [
      'background: url("a b.jpg") no-repeat',
      'color:red;background:url( /x.png )',
      "url('data:,'), url(x)",
    ],
    run: cssUrl,
  }),
  text({
    name: 'js-string',
    of: ['engines/scan/js-string'],
    tokens: ['\\u{', '\\u{1F600}', '\\x3d', '\\u00', '\\ud83d'],
    samples: () => ['a\\u003db\\x3dc\\/d\\n', 'plain', '\\u{1f43b}\\\\'],
    run: unescapeString,
  }),
  text({
    name: 'html-entities',
    of: ['engines/scan/html-entities'],
    tokens: ['&#39;', '&#x27;', '&amp', '<b>', '&nbsp;', '&#x'],
    samples: () => ['a &lt;em&gt; <em>b</em> &#39;c&#x27;', 'x & y'],
    run: html => [decodeEntities(html), plainText(html)],
  }),
  text({
    name: 'js-literal',
    of: ['engines/scan/js-literal'],
    tokens: ['results:[', 'new Date(', 'void 0,', 'a b', '!0,', "'a':", '`', '\\\\', 'f(', 'results: {'],
    samples: () => [
      'x={results:[{a:1,"b":\'c\',d:void 0,e:new Date("x"),f:[,,1],}]}',
      'kit.start(app, {data:[{results:[{properties:{url:"https://a.test/1.jpg"}}]}]})',
    ],
    run: source => [walk(literalAfter(source, 0)), [...literalsAfter(source, /\bresults["']?\s*:\s*\[/g)].length],
  }),
  text({
    name: 'json-answer',
    of: ['engines/scan/values', 'engines/scan/nesting'],
    tokens: [")]}'", 'for(;;);', '{"a":[', '"a",', '":{"'],
    samples: () => [`)]}'\n{"a":[1,{"b":"c"}]}`, 'callback({"x":[[[]]]});', "{\"a\":'\\''}"],
    mutate: mutateJson,
    run: body => [walk(parseAnswer(body)), isModest(body, { depth: 100, values: 1000 })],
  }),
  text({
    name: 'references',
    of: ['engines/scan/references'],
    tokens: ['{"properties":0},', '{"a":0,"b":0},'],
    samples: () => [
      '[{"properties":1,"thumbnail":2},{"url":3},{"src":4},"https://a.test/1.jpg","https://a.test/t.jpg"]',
    ],
    // All of them share one object, as large as they are together.
    around: repeated => `[{${manyKeys(repeated.length / 10)}},${repeated}0]`,
    mutate: mutateJson,
    run: body => {
      const list = parseAnswer(body);
      if (!Array.isArray(list)) return 0;
      return [...resolvedObjects(list, 'properties')].map(each => resolved(list, each.properties, ['url'])).length;
    },
  }),
  text({
    name: 'google-records',
    of: ['engines/scan/google-records'],
    tokens: [
      '["https:',
      '\\"',
      '",1,2],[',
      ',9,9],',
      '"2003":[null,',
      '"d0cId",[',
      'null,',
      '\\\\\\',
      `[0,${RECORD}${'\\'.repeat(3900)}`,
    ],
    samples: () => [RECORDS, JSON.stringify(RECORDS), RECORDS.replaceAll('"', '\\"')],
    run: googleRecords,
  }),
  text({
    name: 'google-links',
    of: ['engines/scan/google-links'],
    tokens: [
      '/imgres?',
      '/imgres?imgurl=',
      '&imgurl=',
      'rg_meta',
      'rg_meta">',
      'rg_meta>{',
      '<div class="rg_meta">{"ou":"https://a.test"}<',
    ],
    samples: () => [
      '<a href="/imgres?imgurl=https://a.test/1.jpg&amp;imgrefurl=https://a.test/&amp;w=1&amp;h=2&amp;tbnid=x">',
      '<div class="rg_meta">{"id":"x","ou":"https://a.test/1.jpg","ow":1,"oh":2,"pt":"t","ru":"https://a.test","tu":"https://b.test"}</div>',
    ],
    run: body => [googleLinksIn(body), readImgres(body), readRgMeta(body)],
  }),
  text({
    name: 'size-in-text',
    of: ['engines/scan/size-in-text'],
    tokens: [' × ', '1 x', '111111'],
    samples: () => ['1024 × 1359 · jpeg', '10x20'],
    run: sizeInText,
  }),
  text({
    name: 'baidu-cipher',
    of: ['engines/scan/baidu-cipher'],
    tokens: ['_z2C$q', 'AzdH3F', 'ippr'],
    samples: () => ['ippr_z2C$qAzdH3FAzdH3Ftg_z&e3Bj'],
    around: repeated => `ippr${repeated}`,
    run: decipher,
  }),
  text({
    name: 'finds',
    of: ['engines/scan/finds'],
    tokens: ['//', 'data:'],
    samples: () => ['https://a.test/1.jpg', '//a.test/2.jpg', 'data:image/png;base64,AA'],
    run: address => {
      const finds = new Finds();
      finds.addTile(address, { title: address, licence: address, width: address, height: '12', sourcePage: address });
      return finds.found();
    },
    fault: foundFault,
  }),
  text({
    name: 'redact',
    of: ['entries/content/saved-page/redact'],
    tokens: [
      'a@',
      '@b.',
      'eyJ',
      'eyJ-',
      'sid=',
      'token',
      'my_',
      '"sid":',
      '1.1.',
      'data:image/',
      ';base64,',
      ': (',
      '\\"',
      'a=',
      'auth',
    ],
    samples: () => [
      '{"user":"Ada","email":"ada@mail.test","sid":"abcdef123456","ip":"203.0.113.7","t":"eyJhbGciOiJI.eyJzdWIiOiI.x"}',
      'a\\u0040b.test someone%40mail.test data:image/png;base64,AAAA https://a.test/?token=abcdefgh&x=1',
      ...engineSamples('bing', '.html').slice(0, 1),
    ],
    longest: 4_000_000,
    run: page => redact(page, ['Ada Example']),
    fault: clean => mailLeft(clean),
  }),
  text({
    name: 'shown-name',
    of: [],
    tokens: [': (', ':  ', ':a('],
    samples: () => ['Account: Ada Example (ada@mail.test)'],
    run: shownName,
    fault: name => (name !== undefined && (name.length < 3 || name.length > 60) ? `name ${name}` : undefined),
  }),
  text({
    name: 'answer-of-query',
    of: ['entries/content/answers/unread-answers'],
    tokens: ['?q=', '&q='],
    samples: () => ['https://a.test/search?q=cat', 'https://a.test/s/photos/cat'],
    longest: 8192,
    run: url => isOfQuery({ url, page: url, body: '' }, 'cat'),
  }),
];
