// Readers and writers of tables, lists and names.

import { csvLine } from '../../../src/formats/csv/write';
import { FolderNames, folderName } from '../../../src/pipeline/bucket/folder-name';
import { checkedName, inFull, named, tidyName } from '../../../src/pipeline/bucket/label-name';
import { asCode, inMarkdown } from '../../../src/pipeline/export/markdown';
import { classFolders } from '../../../src/pipeline/import/class-folders';
import { LIST_LIMITS, parseUrlList, type UrlList } from '../../../src/pipeline/import/url-list';
import { realLists } from '../fixtures';
import { type Target, text } from '../target';

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
    of: ['pipeline/import/url-list', 'formats/csv/read'],
    tokens: [`${A}\n`, `${A},cat\n`, '"\n', '""', '",', 'x\n', `{"url":"${A}"}\n`, '{"a":', `"${A}"\t`, 'url,label\n'],
    samples: () => [
      `url\n${A}\n`,
      `url,label\n${A},cat\n"${A}?x=1,2","a ""b""\nc"\n`,
      `{"url":"${A}","label":"cat"}\n{"url":1}\n`,
      `${A}\r\n\r\n"${A}"\r\n`,
      `cat\t${A}\ndog\t${A}?2\n`,
      ...realLists(),
    ],
    longest: 20_000_000,
    run: parseUrlList,
    fault: listFault,
  }),
  text({
    name: 'url-list-under-header',
    of: [],
    tokens: [`${A}\n`, '"\n', 'x\n'],
    samples: () => [`url\n${A}\n`],
    around: repeated => `url\n${repeated}`,
    run: parseUrlList,
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
    run: name => [tidyName(name), named(name), inFull(name).length, checkedName(name)] as const,
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
    run: name => [inMarkdown(name), asCode([name])],
    fault: written => (written.some(line => /[<`\n]/.test(line)) ? `written as ${written[0]}` : undefined),
  }),
  text({
    name: 'class-folders',
    longest: 200_000,
    of: ['pipeline/import/class-folders'],
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
];
