// Weight files made to harm: whatever a header says, the answer is a named refusal, and nothing is read on its word.
import { spawnSync } from 'node:child_process';
import { existsSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import fc from 'fast-check';
import { type Group, File as H5File, ready } from 'h5wasm';
import { beforeAll, describe, expect, it } from 'vitest';
import { headerBytes, wholeHeader } from '../../../harness/whole-weights';
import { backboneOf } from '../../../src/backbones';
import { kernelLength, weightedLayers } from '../../../src/backbones/layers';
import { readWeights } from '../../../src/pipeline/features/weights-file';

const torch = backboneOf('torch-v1.5');
const REFUSAL = { name: 'GleanerError', code: expect.stringMatching(/^weights_/) };

/** A file that is its header and `size` claimed bytes; reading any of those is an error of its own. */
class HeaderOnly extends Blob {
  read: number[] = [];
  constructor(
    header: Uint8Array<ArrayBuffer>,
    private readonly claimed: number,
  ) {
    super([header]);
  }
  override get size(): number {
    return this.claimed;
  }
  override slice(from = 0, to = 0): Blob {
    if (to <= super.size) return super.slice(from, to);
    this.read.push(to - from);
    throw new Error('a tensor was read');
  }
}

type Header = Record<string, unknown>;

describe('a hostile .safetensors', () => {
  const whole = wholeHeader();
  const names = Object.keys(whole.header);
  const largest = Math.max(...weightedLayers(torch).map(kernelLength)) * 2;

  /** Refused by name, or read within the file and no more than one real tensor at a time. */
  async function check(header: unknown, claimed: number): Promise<void> {
    const file = new HeaderOnly(headerBytes(header), claimed);
    const error = await readWeights(file).then(
      () => new Error('it was taken'),
      (reason: unknown) => reason as Error,
    );
    if (error.message === 'a tensor was read') expect(file.read.every(bytes => bytes <= largest)).toBe(true);
    else expect(error).toMatchObject(REFUSAL);
  }

  it('begins to be read when its header is right, so that the next tests can fail', async () => {
    const bytes = headerBytes(whole.header);
    const file = new HeaderOnly(bytes, bytes.length + whole.bytes);
    await expect(readWeights(file)).rejects.toThrow('a tensor was read');
    expect(file.read).toEqual([64 * 3 * 49 * 2]);
  });

  it('is refused when parts of its header are anything else', async () => {
    const number = fc.oneof(fc.integer(), fc.double(), fc.constantFrom(2 ** 31, 2 ** 53, 1e300, -1));
    const part = fc.oneof(fc.jsonValue({ maxDepth: 2 }), number, fc.array(number, { maxLength: 6 }));
    const change = fc.record({
      name: fc.constantFrom(...names),
      key: fc.constantFrom('dtype', 'shape', 'data_offsets', '__proto__', undefined),
      value: part,
    });
    await fc.assert(
      fc.asyncProperty(fc.array(change, { minLength: 1, maxLength: 4 }), fc.nat(2 ** 28), async (changes, claimed) => {
        const header: Header = structuredClone(whole.header);
        for (const { name, key, value } of changes) {
          if (key === undefined) header[name] = value;
          else header[name] = { ...(header[name] as Header), [key]: value };
        }
        await check(header, claimed);
      }),
      { numRuns: 300 },
    );
  });

  it('is refused when it is any bytes or any JSON', async () => {
    await fc.assert(
      fc.asyncProperty(fc.uint8Array({ maxLength: 300 }), async bytes => {
        await expect(readWeights(new Blob([bytes as Uint8Array<ArrayBuffer>]))).rejects.toMatchObject(REFUSAL);
      }),
    );
    await fc.assert(fc.asyncProperty(fc.jsonValue(), fc.nat(2 ** 30), async (json, claimed) => check(json, claimed)));
  });

  it.each(['layer3.6.conv1.weight', 'layer1.0.se.fc1.weight', 'conv1.0.weight'])(
    'is refused as another network when it holds %s too',
    async foreign => {
      const bytes = headerBytes({ ...whole.header, [foreign]: { dtype: 'F16', shape: [1], data_offsets: [0, 2] } });
      const file = new HeaderOnly(bytes, bytes.length + whole.bytes);
      await expect(readWeights(file)).rejects.toMatchObject({ code: 'weights_other_network', words: [foreign] });
    },
  );
});

describe('a hostile .h5', () => {
  const STEM = [7, 7, 3, 64];
  let small: Uint8Array<ArrayBuffer>;

  async function h5(write: (file: H5File) => void): Promise<Uint8Array<ArrayBuffer>> {
    const { FS } = await ready;
    const file = new H5File('/hostile.h5', 'w');
    write(file);
    file.close();
    return (FS.readFile('/hostile.h5') as Uint8Array<ArrayBuffer>).slice();
  }

  beforeAll(async () => {
    small = await h5(file => {
      const group = file.create_group('conv1_conv') as Group;
      group.create_attribute('weight_names', ['conv1_conv/kernel:0', 'conv1_conv/bias:0']);
      const inner = group.create_group('conv1_conv') as Group;
      const data = new Float32Array(7 * 7 * 3 * 64).fill(0.5);
      inner.create_dataset({ name: 'kernel:0', data, shape: STEM, chunks: [7, 7, 3, 16], compression: 'gzip' });
      inner.create_dataset({ name: 'bias:0', data: new Float32Array(64) });
    });
  });

  it('is read as far as it goes, compressed or not, so that the next test can fail', async () => {
    await expect(readWeights(new Blob([small]))).rejects.toMatchObject({
      code: 'weights_missing',
      words: ['conv1_bn/gamma'],
    });
  });

  it('is refused when bytes of it are anything else', async () => {
    const change = fc.record({ at: fc.double({ min: 0, max: 0.999999, noNaN: true }), byte: fc.nat(255) });
    await fc.assert(
      fc.asyncProperty(fc.array(change, { minLength: 1, maxLength: 12 }), async changes => {
        const bytes = small.slice();
        // The signature stays: without it the file is not taken for an .h5 at all.
        for (const { at, byte } of changes) bytes[8 + Math.floor(at * (bytes.length - 8))] = byte;
        await expect(readWeights(new Blob([bytes]))).rejects.toMatchObject(REFUSAL);
      }),
      { numRuns: 400 },
    );
  }, 120_000);

  it('is refused when it is cut anywhere', async () => {
    await fc.assert(
      fc.asyncProperty(fc.nat(small.length - 1), async length => {
        await expect(readWeights(new Blob([small.slice(0, length)]))).rejects.toMatchObject(REFUSAL);
      }),
      { numRuns: 100 },
    );
  }, 120_000);

  /** The end of reading it in a process of its own; 'no end' when it takes a minute. */
  function readApart(path: string): string | undefined {
    const args = ['--import', 'tsx', join(import.meta.dirname, 'read-weights-apart.ts'), path];
    const { stdout, signal } = spawnSync(process.execPath, args, {
      encoding: 'utf8',
      timeout: 60_000,
      killSignal: 'SIGKILL',
    });
    return signal ? 'no end' : /^end: (.*)$/m.exec(stdout)?.[1];
  }

  it('comes to an end when its heap of names leads round in a circle', () => {
    const folder = mkdtempSync(join(tmpdir(), 'gleaner-heap-'));
    const path = join(folder, 'circle.h5');
    const bytes = Buffer.from(small);
    // The length of the heap's first text, which with its own header comes to nothing, so that the next text is this one.
    bytes.writeBigUInt64LE(2n ** 64n - 16n, bytes.indexOf('GCOL') + 24);
    writeFileSync(path, bytes);
    try {
      expect(readApart(path)).toBe('weights_missing');
    } finally {
      rmSync(folder, { recursive: true });
    }
  }, 90_000);

  const FIELD_CASE = join(import.meta.dirname, '../../../../shared/field-cases/weights-that-hang/damaged.h5');
  it.skipIf(!existsSync(FIELD_CASE))(
    'comes to an end as the damaged file did not that somebody met',
    () => {
      expect(readApart(FIELD_CASE)).toMatch(/^weights_/);
    },
    90_000,
  );

  it('is found by where its weights stand, whatever the groups between are called', async () => {
    const scoped = await h5(file => {
      const outer = file.create_group('conv1_conv') as Group;
      const inner = (outer.create_group('scope') as Group).create_group('conv1_conv_2') as Group;
      inner.create_dataset({ name: 'kernel:0', data: new Float32Array(7 * 7 * 3 * 64), shape: STEM });
      inner.create_dataset({ name: 'bias:0', data: new Float32Array(64) });
      // A group that holds itself is searched no deeper than any other.
      outer.create_hard_link('/conv1_conv', 'again');
    });
    await expect(readWeights(new Blob([scoped]))).rejects.toMatchObject({ words: ['conv1_bn/gamma'] });
  });

  it('is refused as another network when it is deeper', async () => {
    const deeper = await h5(file => {
      for (const name of ['conv1_conv', 'conv4_block6_1_conv', 'conv4_block7_1_conv']) file.create_group(name);
    });
    await expect(readWeights(new Blob([deeper]))).rejects.toMatchObject({
      code: 'weights_other_network',
      words: ['conv4_block7_1_conv'],
    });
  });
});
