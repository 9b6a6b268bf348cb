// Writes small zips, deflated or stored, so that their parts can be altered before their hashes are taken.
import { crc32, deflateRawSync } from 'node:zlib';
import { joined } from './mutate';

export interface Part {
  path: string;
  data: Uint8Array;
  deflate?: boolean;
  /** The name as an old tool writes it: bytes in a code page that the zip does not tell. */
  name?: Uint8Array;
  /** Extra fields of the directory's record. */
  extra?: Uint8Array;
}

export function craftZip(parts: readonly Part[]): Uint8Array<ArrayBuffer> {
  const files: Uint8Array[] = [];
  const records: Uint8Array[] = [];
  let at = 0;
  for (const { path, data, deflate = false, name: raw, extra = new Uint8Array() } of parts) {
    const name = raw ?? new TextEncoder().encode(path);
    const packed = deflate ? deflateRawSync(data) : data;
    const fields = new DataView(new ArrayBuffer(26));
    fields.setUint16(0, 20, true);
    fields.setUint16(2, raw ? 0 : 0x800, true);
    fields.setUint16(4, deflate ? 8 : 0, true);
    fields.setUint32(10, crc32(data), true);
    fields.setUint32(14, packed.length, true);
    fields.setUint32(18, data.length, true);
    fields.setUint16(22, name.length, true);
    const common = new Uint8Array(fields.buffer);
    const record = joined([0x50, 0x4b, 1, 2, 20, 0], common, new Uint8Array(14), name, extra);
    new DataView(record.buffer).setUint16(30, extra.length, true);
    new DataView(record.buffer).setUint32(42, at, true);
    records.push(record);
    files.push(joined([0x50, 0x4b, 3, 4], common, name, packed));
    at += files.at(-1)!.length;
  }
  const directory = joined(...records);
  const end = new DataView(new ArrayBuffer(22));
  end.setUint32(0, 0x06054b50, true);
  end.setUint16(8, parts.length, true);
  end.setUint16(10, parts.length, true);
  end.setUint32(12, directory.length, true);
  end.setUint32(16, at, true);
  return joined(...files, directory, new Uint8Array(end.buffer));
}
