// Readers and writers of tables, lists and names.

import { csvLine } from '../../../src/formats/csv/write';
import { FolderNames, folderName } from '../../../src/pipeline/bucket/folder-name';
import { checkedName, isolate, named, tidyName } from '../../../src/pipeline/bucket/label-name';
import { asYaml, inMarkdown } from '../../../src/pipeline/export/markdown';
import { addressesIn, addressOf } from '../../../src/pipeline/import/address-text';
import { everyReading } from '../../../src/pipeline/import/folder-choices';
import { classFolders } from '../../../src/pipeline/import/folders';
import { readList } from '../../../src/pipeline/import/read-list';
import { LIST_LIMITS, parseUrlList, type UrlList } from '../../../src/pipeline/import/url-list';
import { realLists } from '../fixtures';
import { bytes, type Target, text } from '../target';

const A = 'https://a.test/1.jpg';
const ILLEGAL = /[<>:"/\\|?*\p{Cc}]|^[\s.]|[\s.]$|^$/u;

function listFault({ rows }: UrlList): string | undefined {
  if (rows.length > LIST_LIMITS.rows) return `${rows.length} rows`;
  const odd = rows.find(({ url }) => !/^https?:\/\//.test(url) || !URL.canParse(url));
  return odd && `address ${odd.url}`;
}

function folderFault(folder: string): string | undefined {
  if (ILLEGAL.test(folder)) return `folder ${JSON.stringify(folder)}`;
  return new TextEncoder().encode(folder).length > 80 ? `folder of more than 80 bytes` : undefined;
}

export const listTargets: Target[] = [
  text({
    name: 'url-list',
    of: [
      'pipeline/import/url-list',
      'pipeline/import/delimited',
      'pipeline/import/address-ends',
      'pipeline/import/columns',
      'pipeline/import/column-facts',
      'pipeline/import/column-names',
      'pipeline/import/json-table',
      'pipeline/import/json-columns',
      'pipeline/import/python-literals',
      'pipeline/import/json-records',
      'pipeline/import/list-lines',
      'formats/csv/read',
    ],
    tokens: [
      `${A}\n`,
      `${A},cat\n`,
      '"\n',
      '""',
      '",',
      'x\n',
      `{"url":"${A}"}\n`,
      '{"a":',
      `"${A}"\t`,
      'url,label\n',
      `{'a': '${A}'}\n`,
      `['${A}', `,
      "\\'",
      '# a\n',
      'a:\n',
    ],
    samples: () => [
      `url\n${A}\n`,
      `url,label\n${A},cat\n"${A}?x=1,2","a ""b""\nc"\n`,
      `{"url":"${A}","label":"cat"}\n{"url":1}\n`,
      `${A}\r\n\r\n"${A}"\r\n`,
      `cat\t${A}\ndog\t${A}?2\n`,
      `{'url': '${A}', 'label': "it's"}\n{'url': None}\n`,
      `{"url": ["${A}"], "label": ["cat"]}`,
      `# cats\n${A}\n# dogs\n${A}?2\n`,
      ...realLists(),
    ],
    longest: 20_000_000,
    run: list => parseUrlList(list),
    fault: listFault,
  }),
  text({
    name: 'url-list-under-header',
    of: [],
    tokens: [`${A}\n`, '"\n', 'x\n'],
    samples: () => [`url\n${A}\n`],
    around: repeated => `url\n${repeated}`,
    run: list => parseUrlList(list),
    fault: listFault,
  }),
  text({
    name: 'csv',
    of: ['formats/csv/write'],
    tokens: ['=', '""', '\r'],
    samples: () => ['=cmd|x', 'a "b", c', '+1'],
    run: cell => csvLine([cell, 1, cell]),
    fault: line =>
      /(?:^|,)"?[=+\-@\t\r]/.test(line.slice(0, 3)) || !line.endsWith('\r\n') ? `line ${line.slice(0, 50)}` : undefined,
  }),
  text({
    name: 'label-name',
    of: ['pipeline/bucket/label-name'],
    tokens: ['\u202e', '\u2066', '\u05d0', '\u{1f1e9}', '\u200d\u{1f43b}'],
    samples: () => ['Black bears', '\u05d3\u05d5\u05d1', 'e\u0301'],
    refusals: /^label_name_/,
    run: name => [tidyName(name), named(name), isolate(name).length, checkedName(name)] as const,
    fault: ([tidy]) => (tidyName(tidy) === tidy ? undefined : 'tidied twice it is another'),
  }),
  text({
    name: 'folder-name',
    of: ['pipeline/bucket/folder-name'],
    tokens: ['a.', '. ', 'con', '\u{10ffff}'],
    samples: () => ['Black bears', 'CON', '__proto__', 'a/b', '...'],
    run: name => folderName(name, []),
    fault: folderFault,
  }),
  text({
    name: 'folder-names',
    of: [],
    tokens: ['a\n', 'con\n', 'x \n'],
    samples: () => ['a\na\nb\n'],
    longest: 100_000,
    run: names => {
      const folders = new FolderNames([]);
      return names
        .split('\n')
        .slice(0, 10_000)
        .map(name => folders.add(name));
    },
    fault: folders =>
      new Set(folders).size === folders.length ? folders.map(folderFault).find(Boolean) : 'one folder twice',
  }),
  text({
    name: 'in-markdown',
    of: ['pipeline/export/markdown'],
    tokens: ['`', '<!--', '.a', '-+. ', '\u2028'],
    samples: () => ['brown bear', '`<img src=x onerror=alert(1)>`', '# 1. https://a.test/'],
    run: name => [inMarkdown(name), asYaml(name)],
    fault: written => (written.some(line => /[<`\n]/.test(line)) ? `written as ${written[0]}` : undefined),
  }),
  text({
    name: 'class-folders',
    longest: 200_000,
    of: [
      'pipeline/import/folders',
      'pipeline/import/folder-likeness',
      'pipeline/import/folder-names',
      'pipeline/import/folder-tree',
      'pipeline/import/name-starts',
      'pipeline/import/found-classes',
      'pipeline/import/accents',
    ],
    tokens: ['a/', '/1.jpg\n', 'train/', '.jpg', '\n'],
    samples: () => ['set/train/bears/1.jpg\nset/val/bears/2.png\nset/train/cats/.DS_Store\nset/readme.txt\n'],
    run: paths =>
      classFolders(
        paths.split('\n').map(path => ({ path })),
        'otherwise',
      ),
    fault: ({ images }) =>
      images.map(({ label }) => (label.includes('/') ? `label ${label}` : undefined)).find(Boolean),
  }),
  text({
    name: 'folder-choices',
    longest: 100_000,
    of: [
      'pipeline/import/folder-choices',
      'pipeline/import/own-dataset',
      'pipeline/import/image-files',
      'pipeline/import/tree',
    ],
    tokens: [
      'train/',
      '/1.jpg\n',
      'cat.1.jpg\n',
      'file_name,label\n',
      `train/a/${'0'.repeat(64)}.jpg\n`,
      '{"file_name":"a/1.jpg","label":0}\n',
      '["x","y"]',
    ],
    samples: () => [
      'set/train/bears/1.jpg\nset/val/bears/2.png\ncat.1.jpg\n',
      'file_name,label\na/1.jpg,"x"\n',
      '{"file_name":"a/1.jpg","label":0}\n{"file_name":"a/2.jpg","label":"b"}\n',
    ],
    run: text =>
      everyReading(
        text.split('\n').map(path => ({ path })),
        'otherwise',
        new Map([
          ['metadata.csv', text],
          ['train/metadata.jsonl', text],
          ['labels.json', text],
        ]),
      ),
    fault: readings => (readings.length > 0 ? undefined : 'not read at all'),
  }),
  text({
    name: 'address-text',
    of: ['pipeline/import/address-text'],
    tokens: [A, '&amp;', '\\u0026', '\\/', '%3A', '["', ', https://', '&#x', 'https:\\/\\/'],
    samples: () => [
      `${A}?a=1&amp;b=2`,
      '["https:\\/\\/a.test\\/1.jpg", "https://b.test/2.jpg"]',
      'https%3A%2F%2Fa.test%2F1.jpg',
    ],
    run: cell => addressesIn(cell).map(addressOf),
    fault: found => {
      const odd = found.find(address => address !== undefined && !/^https?:\/\//.test(address));
      return odd && `address ${odd}`;
    },
  }),
  bytes({
    name: 'list-file',
    of: ['pipeline/import/read-list', 'pipeline/import/code-page', 'pipeline/import/readability', 'formats/dos-pages'],
    tokens: ['\n', ',', 'url;label\n', `${A};`].map(words => new TextEncoder().encode(words)),
    samples: () => [
      Uint8Array.from([...new TextEncoder().encode(`url;label\n${A};B`), 0xe4, 0x72, 0x0a]),
      Uint8Array.from([0xff, 0xfe, 0x61, 0]),
    ],
    longest: 1_000_000,
    run: file => readList(file),
    refusals: /^list_binary$/,
    fault: listFault,
  }),
];
