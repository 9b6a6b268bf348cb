// What an archive from a stranger may be at most. Whatever is above is refused before a byte of it is unpacked.

export const ARCHIVE_LIMITS = {
  /** Bytes of the directory: names and sizes of all files. */
  directory: 32 * 1024 * 1024,
  /** Bytes all files unpack to, and how many times the archive's own size that may be: images hardly shrink. */
  total: 16_000_000_000,
  ratio: 40,
  /** Below this total the ratio does not matter: a small archive of text is no bomb. */
  harmless: 200_000_000,
  /** Deflate shrinks at most by this factor (1032), so more is a lie. */
  deflate: 1040,
  /** UTF-8 bytes of a whole path, and UTF-16 units of one name in it. */
  path: 1024,
  name: 255,
  depth: 32,
} as const;
export type ArchiveLimits = { [K in keyof typeof ARCHIVE_LIMITS]: number };
