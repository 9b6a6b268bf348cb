// One sound image of each type, a few dozen bytes each.

import { deflateSync } from 'node:zlib';
import jpeg from 'jpeg-js';
import { ascii, be16, be32, le16, le32 } from '../../harness/byte-lists';
import { joined } from './mutate';

const EXIF = joined(ascii('Exif\0\0MM\0*'), be32(8), be16(1), be16(0x0112), be16(3), be32(1), be16(6), be16(0));

export function imageSamples(): Uint8Array<ArrayBuffer>[] {
  const plain = jpeg.encode({ width: 48, height: 33, data: new Uint8Array(48 * 33 * 4).fill(90) }, 80).data;
  const jpegFile = joined(plain.subarray(0, 2), [0xff, 0xe1], be16(EXIF.length + 2), EXIF, plain.subarray(2));
  const chunk = (name: string, data: ArrayLike<number>) => joined(be32(data.length), ascii(name), data, be32(0));
  const png = joined(
    [0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a],
    chunk('IHDR', joined(be32(40), be32(40), [8, 0, 0, 0, 0])),
    chunk('tEXt', ascii('Author\0me')),
    chunk('IDAT', deflateSync(new Uint8Array(41 * 40))),
    chunk('IEND', []),
  );
  const frame = [0x21, 0xf9, 4, 0, 0, 0, 0, 0, 0x2c, 0, 0, 0, 0, 64, 0, 50, 0, 0, 2, 2, 0x4c, 1, 0];
  const gif = joined(ascii('GIF89a'), le16(64), le16(50), [0x80, 0, 0, 0, 0, 0, 255, 255, 255], frame, frame, [0x3b]);
  const part = (name: string, data: ArrayLike<number>) => joined(ascii(name), le32(data.length), data);
  const webpBody = joined(part('VP8X', [0, 0, 0, 0, 99, 0, 0, 99, 0, 0]), part('ANMF', [1, 2]), part('EXIF', EXIF));
  const webp = joined(ascii('RIFF'), le32(webpBody.length + 4), ascii('WEBP'), webpBody);
  const box = (type: string, ...data: ArrayLike<number>[]) => {
    const body = joined(...data);
    return joined(be32(body.length + 8), ascii(type), body);
  };
  const ipco = box('ipco', box('ispe', be32(0), be32(640), be32(480)), box('irot', [1]));
  const ipma = box('ipma', be32(0), be32(1), be16(1), [2, 1, 2]);
  const meta = box('meta', be32(0), box('pitm', be32(0), be16(1)), box('iprp', ipco, ipma));
  const avif = joined(box('ftyp', ascii('avif'), be32(0), ascii('mif1')), meta);
  const bmpHead = joined(ascii('BM'), be32(0), be32(0), le32(54), le32(40), le32(80), le32(-60), le16(1), le16(24));
  return [jpegFile, png, gif, webp, avif, joined(bmpHead, new Uint8Array(24))];
}
