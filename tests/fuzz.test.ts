// The short form of `npm run fuzz`, with a fixed seed; and that it finds what throws, is wrong, is slow, or never ends.
import { spawnSync } from 'node:child_process';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { judge } from '../scripts/fuzz/judge';
import { mutateBytes, mutateJson, mutateText } from '../scripts/fuzz/mutate';
import { bytes, text } from '../scripts/fuzz/target';
import { GleanerError } from '../src/contract/error';
import { seededRandom } from '../src/pipeline/head/random';

const ROOT = join(import.meta.dirname, '..');

function fuzz(...args: string[]): { status: number | null; said: string } {
  const script = join('scripts', 'fuzz.ts');
  const { status, stdout, stderr } = spawnSync(process.execPath, ['--import', 'tsx', script, ...args], {
    cwd: ROOT,
    encoding: 'utf8',
    timeout: 240_000,
  });
  return { status, said: stdout + stderr };
}

describe('the fuzzer', () => {
  it('finds no reader at fault in a few seconds', () => {
    const { status, said } = fuzz('--minutes', '0.05', '--seed', '1');
    expect(said).toMatch(/^\d+ readers, 0 faults/m);
    expect(status).toBe(0);
  }, 300_000);

  it('tells a target that there is not', () => {
    expect(fuzz('--only', 'nothing-of-the-kind').status).toBe(2);
  });
});

describe('an input', () => {
  const none = { of: [], samples: () => [] };

  it('is a fault when the reader throws anything but a refusal', async () => {
    const throwing = (error: unknown) =>
      text({
        ...none,
        name: 'throwing',
        run: () => {
          throw error;
        },
        refusals: /^zip_/,
      });
    expect(await judge(throwing(new TypeError('x')), '')).toMatchObject({ fault: 'threw TypeError: x' });
    expect((await judge(throwing(new GleanerError('label_gone')), '')).fault).toBeDefined();
    expect((await judge(throwing(new GleanerError('zip_bomb')), '')).fault).toBeUndefined();
  });

  it('is a fault when what was read breaks what must hold', async () => {
    const target = bytes({ ...none, name: 'long', run: body => body.length, fault: n => (n > 1 ? `${n}` : undefined) });
    expect((await judge(target, new Uint8Array(1))).fault).toBeUndefined();
    expect((await judge(target, new Uint8Array(2))).fault).toBe('2');
  });

  it('is altered in the same way by the same seed, and within its bound', () => {
    const changes = (seed: number) => {
      const random = seededRandom(seed);
      return Array.from({ length: 50 }, () => [
        mutateText('a,b\n"c"', random, [',', '<!--'], 5000),
        mutateBytes(Uint8Array.of(1, 2, 3), random, [Uint8Array.of(0)], 5000).join(),
        mutateJson('{"a":[1,{"b":"c"}]}', random),
      ]);
    };
    expect(changes(7)).toEqual(changes(7));
    expect(changes(7)).not.toEqual(changes(8));
    expect(Math.max(...changes(9).map(([words = '']) => words.length))).toBeLessThanOrEqual(5000);
    for (const [, , json = ''] of changes(9)) expect(() => JSON.parse(json)).not.toThrow();
  });
});
