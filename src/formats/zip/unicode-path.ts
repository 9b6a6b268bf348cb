// The extra field in which archivers write a name in UTF-8 beside one in a code page (APPNOTE.TXT, 4.6.9, Info-ZIP Unicode Path).
import { utf8Name } from './entry-name';

const ID = 0x7075;
/** Version and checksum before the name. */
const HEAD = 5;

/**
 * The name; undefined where there is none, or where it belongs to another name, because a tool that does not know it renamed the file.
 * @param extra  all extra fields of an entry
 * @param name  its name as it stands, whose CRC-32 the field repeats
 */
export function unicodePath(extra: Uint8Array, name: Uint8Array): string | undefined {
  const view = new DataView(extra.buffer, extra.byteOffset, extra.byteLength);
  for (let at = 0; at + 4 <= extra.length; ) {
    const length = view.getUint16(at + 2, true);
    const end = at + 4 + length;
    if (view.getUint16(at, true) === ID && length > HEAD && end <= extra.length) {
      const sound = view.getUint8(at + 4) === 1 && view.getUint32(at + 5, true) === crcOf(name);
      return sound ? utf8Name(extra.subarray(at + 4 + HEAD, end)) : undefined;
    }
    at = end;
  }
  return undefined;
}

/** CRC-32 of a few bytes, bit by bit: at most a thousand of them, of names that have such a field. */
function crcOf(bytes: Uint8Array): number {
  let crc = 0xffffffff;
  for (const byte of bytes) {
    crc ^= byte;
    for (let bit = 0; bit < 8; bit++) crc = (crc >>> 1) ^ (crc & 1 ? 0xedb88320 : 0);
  }
  return (crc ^ 0xffffffff) >>> 0;
}
