// What a zip is refused for reaches a person as an error with a sentence, when it is opened and when a file of it is read.
import JSZip from 'jszip';
import { expect, it } from 'vitest';
import { openZip } from '../../../src/pipeline/import/open-zip';

it('a file that is no zip is refused by a code with a sentence', async () => {
  await expect(openZip(new Blob(['words']))).rejects.toMatchObject({ name: 'GleanerError', code: 'zip_unreadable' });
});

it('names the file in a zip that is damaged, and reads the others', async () => {
  const zip = new JSZip();
  zip.file('a.jpg', 'one'.repeat(20));
  zip.file('b.jpg', 'two'.repeat(20));
  const bytes = Uint8Array.from(await zip.generateAsync({ type: 'uint8array' }));
  bytes[bytes.indexOf('o'.charCodeAt(0), 35)] = 0;
  const archive = await openZip(new Blob([bytes]));
  const [a, b] = archive.entries;
  await expect(archive.read(a!)).rejects.toMatchObject({ name: 'GleanerError', code: 'zip_damaged', words: ['a.jpg'] });
  expect(new TextDecoder().decode(await archive.read(b!))).toBe('two'.repeat(20));
});

it('lets through what is no refusal', async () => {
  const gone = {
    size: 100,
    slice: () => {
      throw new RangeError('x');
    },
  } as unknown as Blob;
  await expect(openZip(gone)).rejects.toMatchObject({ code: 'zip_unreadable' });
  await expect(openZip(undefined as unknown as Blob)).rejects.toThrow(TypeError);
});
