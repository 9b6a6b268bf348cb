// Downloads the published weights: with progress, on from where it broke off, checked by MD5 while it streams.
import { createMD5 } from 'hash-wasm';
import { GleanerError } from '../contract/error';
import { delay } from './delay';
import type { PartFile } from './part-file';

export interface PublishedFile {
  address: string;
  bytes: number;
  /** Lower-case hex. */
  md5: string;
}

/** Keras's own file (keras/src/applications/resnet.py names the address and the MD5). */
export const KERAS_RESNET50: PublishedFile = {
  address:
    'https://storage.googleapis.com/tensorflow/keras-applications/resnet/resnet50_weights_tf_dim_ordering_tf_kernels_notop.h5',
  bytes: 94_765_736,
  md5: '4d473c1dd8becc155b73f8504c6f6626',
};

export interface DownloadLimits {
  /**
   * Connections without progress before giving up; what was received is kept for the next time. A connection that brought
   * a piece (4 MB) or the rest starts the count anew, so that a long download survives any number of breaks.
   */
  attempts: number;
  /** Milliseconds without a byte after which a connection counts as broken. */
  stallMs: number;
  /** Wait before the second attempt, doubled for each further one. */
  backoffMs: number;
}
const DOWNLOAD_LIMITS: DownloadLimits = { attempts: 6, stallMs: 20_000, backoffMs: 1000 };

const PIECE = 1 << 22;

/**
 * Fills `part` with exactly the published bytes. Rejects with the signal's reason, `weights_http` (refused by the
 * server), `weights_other_file` (length or MD5 differ; the part is cleared), `weights_network` or `weights_storage_full`
 * (the part is kept).
 */
export async function downloadWeights(
  file: PublishedFile,
  part: PartFile,
  onProgress: (received: number, total: number) => void,
  signal: AbortSignal,
  { attempts, stallMs, backoffMs }: DownloadLimits = DOWNLOAD_LIMITS,
): Promise<void> {
  const md5 = await createMD5();
  let hashed = -1;
  /** Hashes what an earlier run left, once, so that the rest can be hashed as it comes. */
  const catchUp = () => {
    if (hashed === part.size()) return;
    md5.init();
    for (hashed = 0; hashed < part.size(); ) {
      const to = Math.min(hashed + PIECE, part.size());
      md5.update(part.read(hashed, to));
      hashed = to;
    }
  };
  const receive = (bytes: Uint8Array) => {
    if (part.size() + bytes.length > file.bytes) refuse(part);
    part.append(bytes);
    md5.update(bytes);
    hashed += bytes.length;
    onProgress(part.size(), file.bytes);
  };

  if (part.size() > file.bytes) part.clear();
  onProgress(part.size(), file.bytes);
  const version: Version = {};
  // Measured from the furthest point, or a server that sends the same piece again and again would never be given up.
  let furthest = part.size();
  for (let attempt = 1; part.size() < file.bytes; attempt++) {
    try {
      await connect(file, part, version, catchUp, receive, stallMs, signal);
    } catch (error) {
      signal.throwIfAborted();
      if (error instanceof GleanerError) throw error;
      // What is left is a broken or stalled connection.
    }
    if (part.size() === file.bytes) break;
    if (part.size() - furthest >= PIECE) {
      furthest = part.size();
      attempt = 0;
    } else if (attempt === attempts) {
      throw new GleanerError('weights_network');
    }
    await delay(backoffMs * 2 ** Math.max(0, attempt - 1), signal);
  }
  catchUp();
  if (md5.digest('hex') !== file.md5) refuse(part);
}

/** The server's name for the bytes it began to send, so that it starts over when they changed in between. */
interface Version {
  etag?: string | undefined;
}

/** One connection, from the end of the part. Returns when the server ends the body, early or not. */
async function connect(
  file: PublishedFile,
  part: PartFile,
  version: Version,
  catchUp: () => void,
  receive: (bytes: Uint8Array) => void,
  stallMs: number,
  signal: AbortSignal,
): Promise<void> {
  const stall = new AbortController();
  let timer = setTimeout(() => stall.abort(), stallMs);
  try {
    const from = part.size();
    const response = await fetch(file.address, {
      headers: from > 0 ? { Range: `bytes=${from}-`, ...(version.etag ? { 'If-Range': version.etag } : {}) } : {},
      signal: AbortSignal.any([signal, stall.signal]),
      credentials: 'omit',
      referrerPolicy: 'no-referrer',
      cache: 'no-store',
    });
    const { status } = response;
    if (status === 416) return part.clear();
    if (status !== 200 && status !== 206) {
      if (status >= 500 || status === 408 || status === 429) return;
      throw new GleanerError('weights_http', [String(status)]);
    }
    const range = /^bytes (\d+)-\d+\/(\d+|\*)$/.exec(response.headers.get('content-range') ?? '');
    const goesOn = status === 206 && range !== null && Number(range[1]) === from;
    if (status === 206 && !goesOn) return part.clear();
    if (!goesOn && from > 0) part.clear();
    const total = goesOn ? range[2] : response.headers.get('content-length');
    if (total && total !== '*' && !response.headers.get('content-encoding') && Number(total) !== file.bytes) {
      refuse(part);
    }
    const etag = response.headers.get('etag');
    // A weak one does not vouch for every byte.
    version.etag = etag && !etag.startsWith('W/') ? etag : undefined;
    catchUp();
    const reader = response.body!.getReader();
    for (;;) {
      const { done, value } = await reader.read();
      if (done) return;
      clearTimeout(timer);
      timer = setTimeout(() => stall.abort(), stallMs);
      receive(value);
    }
  } finally {
    clearTimeout(timer);
    // An abort after the end does nothing; one in the middle frees the connection.
    stall.abort();
  }
}

function refuse(part: PartFile): never {
  part.clear();
  throw new GleanerError('weights_other_file');
}
