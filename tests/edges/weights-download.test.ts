// The download of the weights against a loopback server that breaks, stalls, truncates, lies and forgets what Range means.
import { createHash } from 'node:crypto';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterEach, expect, it } from 'vitest';
import { GleanerError } from '../../src/contract/error';
import type { PartFile } from '../../src/edges/part-file';
import { downloadWeights } from '../../src/edges/weights-download';

const BODY = Buffer.from(Uint8Array.from({ length: 3_000_000 }, (_, i) => (i * 7919) >> 5));
const MD5 = createHash('md5').update(BODY).digest('hex');
const QUICK = { attempts: 4, stallMs: 400, backoffMs: 1 };

function memoryPart(start: Buffer = Buffer.alloc(0)): PartFile & { bytes: () => Buffer } {
  const room = Buffer.alloc(48 << 20);
  let size = start.copy(room);
  return {
    size: () => size,
    read: (from, to) => new Uint8Array(room.subarray(from, to)),
    append: chunk => {
      room.set(chunk, size);
      size += chunk.length;
    },
    clear: () => {
      size = 0;
    },
    close: () => undefined,
    bytes: () => room.subarray(0, size),
  };
}

type Handler = (request: IncomingMessage, response: ServerResponse, n: number) => void;
let close: (() => void) | undefined;
afterEach(() => close?.());

async function serve(
  handler: Handler,
): Promise<{ file: { address: string; bytes: number; md5: string }; hits: () => (string | undefined)[] }> {
  const ranges: (string | undefined)[] = [];
  const server = createServer((request, response) => {
    ranges.push(request.headers.range);
    handler(request, response, ranges.length);
  });
  await new Promise<void>(resolve => server.listen(0, '127.0.0.1', resolve));
  close = () => {
    server.closeAllConnections();
    server.close();
  };
  const { port } = server.address() as AddressInfo;
  return { file: { address: `http://127.0.0.1:${port}/w.h5`, bytes: BODY.length, md5: MD5 }, hits: () => ranges };
}

/** A good server, which may be cut off after so many bytes of the body. */
function good(
  request: IncomingMessage,
  response: ServerResponse,
  cutAfter = Number.POSITIVE_INFINITY,
  whole: Buffer = BODY,
): void {
  const from = Number(/bytes=(\d+)-/.exec(request.headers.range ?? '')?.[1] ?? 0);
  const body = whole.subarray(from);
  response.writeHead(from > 0 ? 206 : 200, {
    'content-length': body.length,
    ...(from > 0 ? { 'content-range': `bytes ${from}-${whole.length - 1}/${whole.length}` } : {}),
  });
  if (cutAfter >= body.length) return void response.end(body);
  response.write(body.subarray(0, cutAfter), () => setTimeout(() => response.destroy(), 30));
}

const never = new AbortController().signal;

it('downloads with rising progress and checks the MD5', async () => {
  const { file } = await serve((request, response) => good(request, response));
  const part = memoryPart();
  const seen: number[] = [];
  await downloadWeights(file, part, received => seen.push(received), never, QUICK);
  expect(part.bytes().equals(BODY)).toBe(true);
  expect(seen).toEqual([...seen].sort((a, b) => a - b));
  expect(seen.at(-1)).toBe(BODY.length);
});

it('goes on from where the connection broke, twice', async () => {
  const { file, hits } = await serve((request, response, n) => good(request, response, n < 3 ? 1_000_000 : undefined));
  const part = memoryPart();
  await downloadWeights(file, part, () => undefined, never, QUICK);
  expect(part.bytes().equals(BODY)).toBe(true);
  expect(hits()).toEqual([undefined, 'bytes=1000000-', 'bytes=2000000-']);
});

it('keeps what it has when the server stays away, and goes on from there next time', async () => {
  const { file, hits } = await serve((request, response, n) =>
    n === 1 ? good(request, response, 1_200_000) : n < 5 ? void response.writeHead(503).end() : good(request, response),
  );
  const part = memoryPart();
  await expect(downloadWeights(file, part, () => undefined, never, QUICK)).rejects.toMatchObject({
    code: 'weights_network',
  });
  expect(part.size()).toBe(1_200_000);
  await downloadWeights(file, memoryPart(part.bytes()), () => undefined, never, QUICK);
  expect(hits().at(-1)).toBe('bytes=1200000-');
});

it('starts over when the server ignores Range, answers another range, or knows no such range', async () => {
  for (const odd of [
    (response: ServerResponse) => void response.writeHead(200, { 'content-length': BODY.length }).end(BODY),
    (response: ServerResponse) =>
      void response.writeHead(206, { 'content-range': `bytes 5-9/${BODY.length}` }).end(BODY.subarray(5, 10)),
    (response: ServerResponse) => void response.writeHead(416).end(),
  ]) {
    const { file } = await serve((request, response, n) => (n === 1 ? odd(response) : good(request, response)));
    const part = memoryPart(BODY.subarray(0, 1000));
    await downloadWeights(file, part, () => undefined, never, QUICK);
    expect(part.bytes().equals(BODY)).toBe(true);
    close?.();
  }
});

it('refuses a file of another length before reading it, and one of other bytes at its end', async () => {
  const short = await serve(
    (_request, response) => void response.writeHead(200, { 'content-length': 10 }).end('0123456789'),
  );
  const part = memoryPart();
  await expect(downloadWeights(short.file, part, () => undefined, never, QUICK)).rejects.toMatchObject({
    code: 'weights_other_file',
  });
  close?.();
  const lie = Buffer.from(BODY);
  lie[1_500_000]! ^= 1;
  const { file } = await serve(
    (_request, response) => void response.writeHead(200, { 'content-length': lie.length }).end(lie),
  );
  await expect(downloadWeights(file, part, () => undefined, never, QUICK)).rejects.toMatchObject({
    code: 'weights_other_file',
  });
  expect(part.size()).toBe(0);
});

it('refuses a rest that says it belongs to a file of another length, and one whose bytes are others', async () => {
  const [half, whole] = [BODY.length / 2, BODY.length];
  const rest = (total: number, bytes: Buffer) =>
    serve((_request, response) => {
      response.writeHead(206, {
        'content-range': `bytes ${half}-${total - 1}/${total}`,
        'content-length': bytes.length,
      });
      response.end(bytes);
    });
  const longer = await rest(whole + 1, Buffer.alloc(half + 1));
  const part = memoryPart(BODY.subarray(0, half));
  const refusal = { code: 'weights_other_file' };
  await expect(downloadWeights(longer.file, part, () => undefined, never, QUICK)).rejects.toMatchObject(refusal);
  close?.();
  const { file } = await rest(whole, Buffer.alloc(half));
  const other = memoryPart(BODY.subarray(0, half));
  await expect(downloadWeights(file, other, () => undefined, never, QUICK)).rejects.toMatchObject(refusal);
  expect([part.size(), other.size()]).toEqual([0, 0]);
});

it('goes on when the server ends the body early without saying so', async () => {
  const { file, hits } = await serve((request, response, n) => {
    if (n === 1) return void response.writeHead(200).end(BODY.subarray(0, 700_000));
    good(request, response);
  });
  const part = memoryPart();
  await downloadWeights(file, part, () => undefined, never, QUICK);
  expect(part.bytes().equals(BODY)).toBe(true);
  expect(hits()).toEqual([undefined, 'bytes=700000-']);
});

it('never takes more than the published bytes from a body without end', async () => {
  const { file } = await serve((_request, response) => {
    const chunk = Buffer.alloc(1 << 20);
    const pour = () => {
      while (!response.destroyed && response.write(chunk));
      response.once('drain', pour);
    };
    response.writeHead(200);
    pour();
  });
  const part = memoryPart();
  await expect(downloadWeights(file, part, () => undefined, never, QUICK)).rejects.toMatchObject({
    code: 'weights_other_file',
  });
  expect(part.size()).toBe(0);
});

it('finds a kept part damaged by its MD5', async () => {
  const { file } = await serve((request, response) => good(request, response));
  const part = memoryPart(Buffer.alloc(1000, 1));
  await expect(downloadWeights(file, part, () => undefined, never, QUICK)).rejects.toMatchObject({
    code: 'weights_other_file',
  });
});

it('outlives more breaks than it has attempts, as long as each connection brings a piece', async () => {
  const big = Buffer.alloc(40 << 20, 7);
  const { file, hits } = await serve((request, response) => good(request, response, 5 << 20, big));
  const published = { ...file, bytes: big.length, md5: createHash('md5').update(big).digest('hex') };
  const part = memoryPart();
  await downloadWeights(published, part, () => undefined, never, { ...QUICK, attempts: 2 });
  expect(part.bytes().equals(big)).toBe(true);
  expect(hits().length).toBeGreaterThan(4);
});

it('gives up on a server that sends the same piece again and again', async () => {
  const big = Buffer.alloc(12 << 20, 7);
  const { file, hits } = await serve((_request, response) => {
    response.writeHead(200, { 'content-length': big.length });
    response.write(big.subarray(0, 5 << 20), () => setTimeout(() => response.destroy(), 30));
  });
  const published = { ...file, bytes: big.length };
  await expect(downloadWeights(published, memoryPart(), () => undefined, never, QUICK)).rejects.toMatchObject({
    code: 'weights_network',
  });
  expect(hits().length).toBeLessThan(10);
});

it('asks to go on only with the same version, and starts over when the server has another', async () => {
  const asked: (string | undefined)[] = [];
  const { file, hits } = await serve((request, response, n) => {
    asked.push(request.headers['if-range'] as string | undefined);
    response.setHeader('etag', n === 1 ? '"old"' : '"new"');
    if (n === 1) return good(request, response, 1_000_000, Buffer.alloc(BODY.length, 9));
    // The version asked for is gone, so the whole of the new one comes.
    return good({ ...request, headers: {} } as IncomingMessage, response);
  });
  const part = memoryPart();
  await downloadWeights(file, part, () => undefined, never, QUICK);
  expect(asked).toEqual([undefined, '"old"']);
  expect(hits()).toEqual([undefined, 'bytes=1000000-']);
  expect(part.bytes().equals(BODY)).toBe(true);
});

it('names a full disk as such, at once, and keeps what it has', async () => {
  const { file, hits } = await serve((request, response) => good(request, response));
  const part = memoryPart();
  const { append } = part;
  part.append = bytes => {
    if (part.size() > 1_000_000) throw new GleanerError('weights_storage_full');
    append(bytes);
  };
  await expect(downloadWeights(file, part, () => undefined, never, QUICK)).rejects.toMatchObject({
    code: 'weights_storage_full',
  });
  expect(part.size()).toBeGreaterThan(1_000_000);
  expect(hits()).toHaveLength(1);
});

it('counts a stall as a break', async () => {
  const { file, hits } = await serve((request, response, n) => {
    if (n > 1) return good(request, response);
    response.writeHead(200, { 'content-length': BODY.length });
    response.write(BODY.subarray(0, 500_000));
  });
  await downloadWeights(file, memoryPart(), () => undefined, never, QUICK);
  expect(hits()).toEqual([undefined, 'bytes=500000-']);
});

it('gives up at once on a 404, and stops at once when aborted', async () => {
  const gone = await serve((_request, response) => void response.writeHead(404).end());
  await expect(downloadWeights(gone.file, memoryPart(), () => undefined, never, QUICK)).rejects.toMatchObject({
    code: 'weights_http',
    words: ['404'],
  });
  expect(gone.hits()).toHaveLength(1);
  close?.();
  const { file } = await serve((request, response) => good(request, response, 800_000));
  const stop = new AbortController();
  const part = memoryPart();
  const running = downloadWeights(file, part, received => received > 0 && stop.abort(), stop.signal, {
    ...QUICK,
    backoffMs: 60_000,
  });
  await expect(running).rejects.toThrow(/aborted/);
  expect(part.size()).toBeGreaterThan(0);
});
