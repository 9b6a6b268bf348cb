// Bytes put together: as a view where they lie side by side, copied where they do not.
import { describe, expect, it } from 'vitest';
import { bytesOf, concatenated, hex, joined } from '../../src/formats/bytes';
import { sha256 } from '../../src/formats/sha256';

const file = Uint8Array.from([1, 2, 3, 4, 5, 6]);

describe('parts of a file', () => {
  it('are a view of it where nothing between them is left out', () => {
    const whole = joined([file.subarray(1, 3), file.subarray(3, 6)]);
    expect([...whole]).toEqual([2, 3, 4, 5, 6]);
    expect(whole.buffer).toBe(file.buffer);
  });

  it('are copied where something is, and when they are to be an array of their own', () => {
    const apart = joined([file.subarray(0, 2), file.subarray(3, 5)]);
    expect([...apart]).toEqual([1, 2, 4, 5]);
    expect(apart.buffer).not.toBe(file.buffer);
    const own = concatenated([file.subarray(0, 2), file.subarray(2, 4)]);
    expect([...own]).toEqual([1, 2, 3, 4]);
    expect(own.buffer.byteLength).toBe(4);
    expect(joined([])).toHaveLength(0);
  });
});

it('numbers give their own bytes, and bytes their digits', async () => {
  const numbers = Float32Array.from([0, 1, 2]).subarray(1, 2);
  expect(hex(bytesOf(numbers))).toBe('0000803f');
  expect(await sha256(new Uint8Array())).toBe('e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855');
});
