// Awkward files from the test suites of image libraries: each is taken or refused with a reason, as an independent reader says.
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { REASONS } from '../../src/contract/job';
import { readHeader } from '../../src/formats/image';
import { sniff } from '../../src/formats/sniff';
import { check } from '../../src/pipeline/download/check';
import { IMAGE_LIMITS } from '../../src/pipeline/download/limits';

const FOLDER = join(import.meta.dirname, '../../../shared/odd-images');
const files = existsSync(FOLDER) ? readdirSync(FOLDER).filter(name => name !== 'MANIFEST.txt') : [];
const manifest = existsSync(FOLDER) ? readFileSync(join(FOLDER, 'MANIFEST.txt'), 'utf8') : '';

/** "[JPEG 300x225 RGB pillow:decodes]": what an independent library read. */
const known = new Map(
  [...manifest.matchAll(/^([^\t\n]+)\t[^\n]*\[(JPEG|PNG|GIF|WEBP|AVIF|BMP) (\d+)x(\d+)[^\]]*pillow:decodes/gm)].map(
    ([, name = '', type = '', width, height]) => [
      name,
      { type: type.toLowerCase(), width: Number(width), height: Number(height) },
    ],
  ),
);

describe.skipIf(files.length === 0)('odd images (../shared/odd-images is not here when this is skipped)', () => {
  it.each(files)('%s is taken or refused with a reason', name => {
    const body = new Uint8Array(readFileSync(join(FOLDER, name)));
    const checked = check(body);
    if (!checked.ok) expect(REASONS).toContain(checked.reason);
    else expect(Math.max(checked.header.width, checked.header.height)).toBeLessThanOrEqual(12_000);
  });

  it.each([...known])('%s has the size an independent library reads', (name, expected) => {
    const body = new Uint8Array(readFileSync(join(FOLDER, name)));
    const sniffed = sniff(body);
    expect(sniffed).toEqual({ kind: 'image', type: expected.type });
    const header = sniffed.kind === 'image' ? readHeader(sniffed.type, body, IMAGE_LIMITS) : undefined;
    const { width = 0, height = 0 } = header ?? {};
    if (expected.type === 'gif') {
      // A frame may reach beyond the screen, which some decoders then enlarge: the larger size is what counts.
      expect(width).toBeGreaterThanOrEqual(expected.width);
      expect(height).toBeGreaterThanOrEqual(expected.height);
      return;
    }
    // Some readers turn the image by its EXIF tag first.
    expect([`${width}x${height}`, `${height}x${width}`]).toContain(`${expected.width}x${expected.height}`);
  });
});
