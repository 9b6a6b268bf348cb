// Saves what a page shows as the stores take it: without alpha, of exactly this size.
import { mkdir } from 'node:fs/promises';
import { dirname } from 'node:path';
import type { Page } from 'puppeteer-core';
import sharp, { type Sharp } from 'sharp';
import { SCREEN } from './stage';

export async function saveScreen(page: Page, path: string): Promise<void> {
  await save(sharp(await pixels(page, SCREEN)), path);
}

/** A page and the side panel beside it, as the browser shows them. */
export async function saveBeside(page: Page, panel: Page, path: string, width = 400): Promise<void> {
  const left = await pixels(page, { ...SCREEN, width: SCREEN.width - width - 1 });
  const right = await pixels(panel, { ...SCREEN, width });
  const both = sharp({ create: { ...SCREEN, channels: 3, background: '#c9c7c2' } }).composite([
    { input: left, left: 0, top: 0 },
    { input: right, left: SCREEN.width - width, top: 0 },
  ]);
  await save(both, path);
}

async function save(image: Sharp, path: string): Promise<void> {
  await mkdir(dirname(path), { recursive: true });
  await image.removeAlpha().jpeg({ quality: 86, chromaSubsampling: '4:4:4', mozjpeg: true }).toFile(path);
}

async function pixels(page: Page, size: { width: number; height: number }): Promise<Buffer> {
  // A page behind another is not painted.
  await page.bringToFront();
  await page.setViewport(size);
  await new Promise(resolve => setTimeout(resolve, 1200));
  return Buffer.from(await page.screenshot());
}
