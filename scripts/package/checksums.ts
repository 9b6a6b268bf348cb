// SHA256SUMS, as `sha256sum --check` reads it.
import { createHash } from 'node:crypto';
import type { PackedFile } from './zip';

export function checksums(files: readonly PackedFile[]): string {
  return files.map(({ path, bytes }) => `${createHash('sha256').update(bytes).digest('hex')}  ${path}\n`).join('');
}
