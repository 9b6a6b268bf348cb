// Draws the PNG icons from their SVG sources: `npx tsx scripts/icons.ts`. Needed only when the mark changes.
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import puppeteer from 'puppeteer-core';

const ICONS = join(import.meta.dirname, '..', 'icons');
/** The small drawing has fewer and larger grains: at 16 px a frame's window is three pixels wide. */
const SOURCES = { 16: 'mark-small.svg', 32: 'mark.svg', 48: 'mark.svg', 128: 'mark.svg' };

const browser = await puppeteer.launch({
  executablePath: process.env.CHROMIUM ?? '/usr/bin/chromium',
  args: ['--no-sandbox'],
});
try {
  const page = await browser.newPage();
  for (const [size, source] of Object.entries(SOURCES)) {
    const side = Number(size);
    await page.setViewport({ width: side, height: side });
    const svg = readFileSync(join(ICONS, source), 'utf8').replace('<svg ', `<svg width="${side}" height="${side}" `);
    await page.setContent(`<body style="margin:0">${svg}</body>`);
    await page.screenshot({ path: join(ICONS, `${side}.png`), omitBackground: true });
  }
} finally {
  await browser.close();
}
