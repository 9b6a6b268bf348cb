// The page of model.zip as its receiver meets it: the unpacked folder behind a plain static server, a picture dropped on it.
import { extname } from 'node:path';
import type JSZip from 'jszip';
import { waitFor } from '../../../harness/wait';
import type { Walk } from '../../../harness/walk';
import type { Host } from '../../../harness/web/site';

/** The static server's name; its host has to be among those of the stage. */
export const MODEL_HOST = 'model.example';
const READY_MS = 120_000;

const TYPES: Record<string, string> = {
  '.html': 'text/html',
  '.js': 'text/javascript',
  '.json': 'application/json',
  '.wasm': 'application/wasm',
};

/** Serves the files of the zip that `zip` gives, and nothing else. */
export function staticServer(zip: () => JSZip | undefined): Host {
  return async (_request, url, response) => {
    const path = decodeURIComponent(url.pathname).slice(1) || 'index.html';
    const file = zip()?.file(path);
    if (!file) return void response.writeHead(404).end();
    const bytes = await file.async('nodebuffer');
    response.writeHead(200, { 'content-type': TYPES[extname(path)] ?? 'application/octet-stream' }).end(bytes);
  };
}

export interface PageAnswer {
  /** Best first. */
  classes: { label: string; p: number }[];
  /** Where the page asked for anything. */
  hosts: string[];
  /** What it said when it was asked for a camera that is not there. */
  camera: string;
}

/** Opens the page, drops a picture on it, reads its list, and asks for the camera. */
export async function askModelPage(walk: Walk, picture: Buffer): Promise<PageAnswer> {
  const page = await walk.driver.newPage();
  const hosts = new Set<string>();
  page.on('request', request => {
    if (/^https?:/.test(request.url())) hosts.add(new URL(request.url()).host);
  });
  const said = () => page.$eval('[role="status"]', status => status.textContent ?? '');
  const says = (words: RegExp) => waitFor(`${words}`, async () => words.exec(await said())?.input, READY_MS, said);
  try {
    await walk.driver.open(page, `https://${MODEL_HOST}/`);
    await page.bringToFront();
    await says(/^Ready/);
    await page.evaluate(base64 => {
      const bytes = Uint8Array.from(atob(base64), letter => letter.charCodeAt(0));
      const dataTransfer = new DataTransfer();
      dataTransfer.items.add(new File([bytes], 'dropped.png', { type: 'image/png' }));
      const target = document.getElementById('drop');
      target?.dispatchEvent(new DragEvent('drop', { dataTransfer, bubbles: true, cancelable: true }));
    }, picture.toString('base64'));
    await says(/^Classified/);
    const classes = await page.$$eval('[aria-labelledby="classes-heading"] li', items =>
      items.map(item => ({ label: item.querySelector('bdi')?.textContent ?? '', p: Number(item.dataset.p) })),
    );
    const button = await page.waitForSelector('::-p-aria([name="Use the camera"][role="button"])');
    await button?.click();
    return { classes, hosts: [...hosts], camera: await says(/camera/) };
  } finally {
    await page.close();
  }
}
