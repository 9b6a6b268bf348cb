// AVIF files written box by box, with sequence headers of whatever size; nothing in them can be seen.
import { ascii, be16, be32 } from '../../harness/byte-lists';

export const box = (type: string, ...data: number[][]) => [
  ...be32(data.flat().length + 8),
  ...ascii(type),
  ...data.flat(),
];

/** One AV1 unit of a type, with its length. */
function unit(type: number, bits: string): number[] {
  const bytes = bits.match(/.{1,8}/g)?.map(byte => Number.parseInt(byte.padEnd(8, '0'), 2)) ?? [];
  return [(type << 3) | 2, bytes.length, ...bytes];
}
const bits = (value: number, count: number) => value.toString(2).padStart(count, '0');

/** A still image's stream: the short form of a sequence header, and a frame. */
export function stillStream(width: number, height: number): number[] {
  const sides = `${bits(15, 4)}${bits(15, 4)}${bits(width - 1, 16)}${bits(height - 1, 16)}`;
  return [...unit(1, `000${'1'}${'1'}${bits(0, 5)}${sides}${'0'.repeat(16)}`), ...unit(6, '0000')];
}

/** A moving stream: the long form, and a key frame that may say that its size is another. */
export function movingStream(width: number, height: number, ownSize = false): number[] {
  const points = `0${'0'}${bits(0, 5)}${bits(0, 12)}${bits(4, 5)}`;
  const sides = `${bits(15, 4)}${bits(15, 4)}${bits(width - 1, 16)}${bits(height - 1, 16)}`;
  // No frame numbers, three tools, four tools, no order, screen tools never, one bit that is then not there.
  const tools = `0${'000'}${'0000'}0${'0'}${'0'}`;
  const sequence = unit(1, `000${'0'}${'0'}${points}${sides}${tools}${'0'.repeat(16)}`);
  // Not shown before, a key frame, shown, no update, then whether it has a size of its own.
  return [...unit(2, ''), ...sequence, ...unit(6, `0${'00'}1${'0'}${ownSize ? '1' : '0'}${'0'.repeat(8)}`)];
}

interface Item {
  type: 'av01' | 'grid' | 'Exif';
  data: number[];
  /** In so many pieces; in the box for small things when not said. */
  pieces?: number;
  /** Its table leads to the first item's data. */
  shares?: true;
}

/** The first item is the image; `shown` is what its `ispe` says. */
export function avifFile(shown: [number, number], items: Item[], config: number[] = []): Uint8Array {
  const data = items.flatMap(item => item.data);
  const entries = items.map(({ type }, n) => box('infe', be32(2 << 24), be16(n + 1), be16(0), ascii(type), [0]));
  let from = 0;
  const places = (base: number, inData: boolean) =>
    items.flatMap(({ data: own, pieces = 1, shares }, n) => {
      const { length } = shares ? (items[0]?.data ?? []) : own;
      if (shares) from = 0;
      const parts = Array.from({ length: pieces }, (_, part) => {
        const start = Math.floor((length * part) / pieces);
        return [...be32(base + from + start), ...be32(Math.floor((length * (part + 1)) / pieces) - start)];
      }).flat();
      from += length;
      return [...be16(n + 1), ...(inData ? be16(1) : []), ...be16(0), ...be16(pieces), ...parts];
    });
  const inData = items.every(item => item.pieces === undefined);
  const properties = [
    ...box('ispe', be32(0), be32(shown[0]), be32(shown[1])),
    ...(config.length > 0 ? box('av1C', [0x81, 0, 0, 0], config) : []),
  ];
  const used = config.length > 0 ? [2, 1, 2] : [1, 1];
  const meta = (base: number) => {
    from = 0;
    return box(
      'meta',
      be32(0),
      box('pitm', be32(0), be16(1)),
      box('iinf', be32(0), be16(items.length), ...entries),
      box('iloc', be32(inData ? 1 << 24 : 0), [0x44, 0], be16(items.length), places(base, inData)),
      box('iprp', box('ipco', properties), box('ipma', be32(0), be32(1), be16(1), used)),
      inData ? box('idat', data) : [],
    );
  };
  const head = box('ftyp', ascii('avif'), be32(0), ascii('mif1'));
  if (inData) return Uint8Array.from([...head, ...meta(0)]);
  const base = head.length + meta(0).length + 8;
  return Uint8Array.from([...head, ...meta(base), ...box('mdat', data)]);
}

/** A grid of one row and column, as large as it says. */
export const gridItem = (width: number, height: number): Item => ({
  type: 'grid',
  data: [0, 1, 0, 0, ...be32(width), ...be32(height)],
});

/** AV1 units that say nothing. */
export const padding = (units: number): number[] => Array.from({ length: units }, () => unit(15, '')).flat();

/** An image sequence: `shown` in its track, the samples in one chunk, and `more` boxes beside its tables. */
export function avisFile(shown: [number, number], samples: number[][], ...more: number[][]): Uint8Array {
  const head = box('ftyp', ascii('avis'), be32(0), ascii('avis'));
  const movie = (base: number) =>
    box(
      'moov',
      box(
        'trak',
        box('tkhd', new Array(76).fill(0), be32(shown[0] << 16), be32(shown[1] << 16)),
        box(
          'mdia',
          box(
            'minf',
            box(
              'stbl',
              box(
                'stsd',
                be32(0),
                be32(1),
                box('av01', new Array(24).fill(0), be16(shown[0]), be16(shown[1]), new Array(50).fill(0)),
              ),
              box('stsz', be32(0), be32(0), be32(samples.length), ...samples.map(({ length }) => be32(length))),
              box('stco', be32(0), be32(1), be32(base)),
              ...more,
              box('stsc', be32(0), be32(1), be32(1), be32(samples.length), be32(1)),
            ),
          ),
        ),
      ),
    );
  const base = head.length + movie(0).length + 8;
  return Uint8Array.from([...head, ...movie(base), ...box('mdat', samples.flat())]);
}
