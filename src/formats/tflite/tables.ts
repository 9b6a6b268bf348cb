// FlatBuffers as TensorFlow Lite's files need them: tables by the places of their fields, vectors of numbers and of tables.
import type { Builder } from 'flatbuffers';

/** Where something written already lies; 0 is nowhere. */
export type Offset = number;

/** A field's place in the schema, how it is kept, and its value; of text, vectors and tables their offset. */
export type Field = [slot: number, kind: 'int8' | 'int32' | 'float32' | 'offset', value: number];

/** What a table refers to is written before it. */
export function table(builder: Builder, ...fields: Field[]): Offset {
  builder.startObject(Math.max(0, ...fields.map(([slot]) => slot + 1)));
  for (const [slot, kind, value] of fields) {
    if (kind === 'int8') builder.addFieldInt8(slot, value, 0);
    else if (kind === 'int32') builder.addFieldInt32(slot, value, 0);
    else if (kind === 'float32') builder.addFieldFloat32(slot, value, 0);
    else builder.addFieldOffset(slot, value, 0);
  }
  return builder.endObject();
}

export function text(builder: Builder, words: string): Offset {
  return builder.createString(words);
}

export function tables(builder: Builder, offsets: readonly Offset[]): Offset {
  return vector(builder, 4, offsets, offset => builder.addOffset(offset));
}

export function ints(builder: Builder, values: readonly number[]): Offset {
  return vector(builder, 4, values, value => builder.addInt32(value));
}

/** 64 bits each. */
export function longs(builder: Builder, values: readonly number[]): Offset {
  return vector(builder, 8, values, value => builder.addInt64(BigInt(value)));
}

export function floats(builder: Builder, values: ArrayLike<number>): Offset {
  return vector(builder, 4, values, value => builder.addFloat32(value));
}

/** Bytes that begin at a multiple of `alignment`, as readers map them into memory. */
export function bytes(builder: Builder, values: Uint8Array, alignment: number): Offset {
  builder.prep(alignment, values.length);
  return builder.createByteVector(values);
}

/** FlatBuffers are written from their end. */
function vector(builder: Builder, width: number, values: ArrayLike<number>, add: (value: number) => void): Offset {
  builder.startVector(width, values.length, width);
  for (let i = values.length - 1; i >= 0; i--) add(values[i]!);
  return builder.endVector();
}
