// croissant.json: the dataset in the words of MLCommons Croissant 1.0 (JSON-LD on schema.org).
import type { Label } from '../../contract/label';
import { SPLITS } from '../../contract/sample';
import { sha256 } from '../../formats/sha256';
import type { DatasetSummary } from './dataset-summary';

/** The context of the Croissant 1.0 specification, without which its terms mean nothing to a JSON-LD reader. */
const CONTEXT = {
  '@language': 'en',
  '@vocab': 'https://schema.org/',
  citeAs: 'cr:citeAs',
  column: 'cr:column',
  conformsTo: 'dct:conformsTo',
  cr: 'http://mlcommons.org/croissant/',
  rai: 'http://mlcommons.org/croissant/RAI/',
  data: { '@id': 'cr:data', '@type': '@json' },
  dataType: { '@id': 'cr:dataType', '@type': '@vocab' },
  dct: 'http://purl.org/dc/terms/',
  examples: { '@id': 'cr:examples', '@type': '@json' },
  extract: 'cr:extract',
  field: 'cr:field',
  fileProperty: 'cr:fileProperty',
  fileObject: 'cr:fileObject',
  fileSet: 'cr:fileSet',
  format: 'cr:format',
  includes: 'cr:includes',
  isLiveDataset: 'cr:isLiveDataset',
  jsonPath: 'cr:jsonPath',
  key: 'cr:key',
  md5: 'cr:md5',
  parentField: 'cr:parentField',
  path: 'cr:path',
  recordSet: 'cr:recordSet',
  references: 'cr:references',
  regex: 'cr:regex',
  repeated: 'cr:repeated',
  replace: 'cr:replace',
  sc: 'https://schema.org/',
  separator: 'cr:separator',
  source: 'cr:source',
  subField: 'cr:subField',
  transform: 'cr:transform',
};

const FIELDS: [column: string, type: string, description: string][] = [
  ['url', 'sc:URL', 'Address the image was downloaded from.'],
  ['label', 'sc:Text', 'Class of the image: its folder, by which `labels` has the name.'],
  ['source_page', 'sc:URL', 'Page the image stood on.'],
  ['title', 'sc:Text', 'Title the search engine gave.'],
  ['width', 'sc:Integer', 'Upright width in pixels.'],
  ['height', 'sc:Integer', 'Upright height in pixels.'],
  ['sha256', 'sc:Text', 'SHA-256 of the bytes as downloaded.'],
  ['split', 'sc:Text', 'train, valid or test.'],
  ['query', 'sc:Text', 'Words that were searched for.'],
  ['engine', 'sc:Text', 'Search engine.'],
  ['time', 'sc:DateTime', 'When the address was collected.'],
  ['file', 'sc:Text', 'Path of the image beside this file.'],
];

/**
 * Where a field is read. Readers of tables take a column of names for numbers or for nothing where they look like it, so the
 * class is cut out of the path.
 */
function extracted(column: string): object {
  return column === 'label'
    ? { extract: { column: 'file' }, transform: { regex: '^[^/]+/([^/]+)/' } }
    : { extract: { column } };
}

/** The names of the classes by their folders. */
function labelRecords(labels: readonly Label[]): object {
  return {
    '@type': 'cr:RecordSet',
    '@id': 'labels',
    name: 'labels',
    key: { '@id': 'labels/folder' },
    field: ['folder', 'name'].map(column => ({
      '@type': 'cr:Field',
      '@id': `labels/${column}`,
      name: column,
      dataType: 'sc:Text',
    })),
    data: labels.map(({ folder, name }) => ({ 'labels/folder': folder, 'labels/name': name })),
  };
}

/**
 * @param table  urls.csv as written; its hash lets a reader check it
 * @param labels  those with images, in class order
 */
export async function croissant(
  table: Uint8Array<ArrayBuffer>,
  labels: readonly Label[],
  summary: DatasetSummary,
): Promise<string> {
  const images = [...summary.counts.values()].flatMap(counts => SPLITS.map(split => counts[split]));
  const document = {
    '@context': CONTEXT,
    '@type': 'sc:Dataset',
    conformsTo: 'http://mlcommons.org/croissant/1.0',
    name: 'gleaner-image-dataset',
    description: `${images.reduce((a, b) => a + b, 0)} images of ${summary.counts.size} classes, collected from image searches. The licences of the images are unknown.`,
    license: 'unknown',
    url: 'urls.csv',
    version: '1.0.0',
    distribution: [
      {
        '@type': 'cr:FileObject',
        '@id': 'urls',
        name: 'urls.csv',
        contentUrl: 'urls.csv',
        encodingFormat: 'text/csv',
        sha256: await sha256(table),
      },
    ],
    recordSet: [
      {
        '@type': 'cr:RecordSet',
        '@id': 'images',
        name: 'images',
        key: { '@id': 'images/file' },
        field: FIELDS.map(([column, dataType, description]) => ({
          '@type': 'cr:Field',
          '@id': `images/${column}`,
          name: column,
          description,
          dataType,
          source: { fileObject: { '@id': 'urls' }, ...extracted(column) },
        })),
      },
      labelRecords(labels),
    ],
  };
  return `${JSON.stringify(document, null, 2)}\n`;
}
