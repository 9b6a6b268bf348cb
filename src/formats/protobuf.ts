// Writes Protocol Buffers' wire format: just what an ONNX file needs, with large arrays kept by reference until the end.
import { concatenated } from './bytes';

/** Encoded bytes in pieces, and their length together. */
export interface Encoded {
  length: number;
  pieces: Uint8Array[];
}

/** One field of a message; a list in, fields in order out. */
type Field = Encoded;

const UTF8 = new TextEncoder();

/** A message's body: its fields one after the other. */
export function message(...fields: (Field | Field[])[]): Encoded {
  const flat = fields.flat();
  return {
    length: flat.reduce((sum, field) => sum + field.length, 0),
    pieces: flat.flatMap(field => field.pieces),
  };
}

/** Wire type 0; `value` is a whole number from 0 to 2^53. */
export function integer(field: number, value: number): Field {
  return piece([...varint(field * 8), ...varint(value)]);
}

/** Wire type 5: a 32-bit float, little-endian. */
export function float(field: number, value: number): Field {
  return piece([...varint(field * 8 + 5), ...new Uint8Array(new Float32Array([value]).buffer)]);
}

export function string(field: number, value: string): Field {
  return bytes(field, UTF8.encode(value));
}

/** Wire type 2, the array by reference. */
export function bytes(field: number, value: Uint8Array): Field {
  return nested(field, { length: value.length, pieces: [value] });
}

/** A message within a message. */
export function nested(field: number, value: Encoded): Field {
  const head = Uint8Array.from([...varint(field * 8 + 2), ...varint(value.length)]);
  return { length: head.length + value.length, pieces: [head, ...value.pieces] };
}

/** All pieces as one array. */
export function whole({ pieces }: Encoded): Uint8Array<ArrayBuffer> {
  return concatenated(pieces);
}

function piece(values: number[]): Encoded {
  return { length: values.length, pieces: [Uint8Array.from(values)] };
}

/** Seven bits to a byte, lowest first; arithmetic instead of shifts because lengths may pass 2^31. */
function varint(value: number): number[] {
  const out: number[] = [];
  let rest = value;
  while (rest >= 128) {
    out.push((rest % 128) + 128);
    rest = Math.floor(rest / 128);
  }
  return [...out, rest];
}
