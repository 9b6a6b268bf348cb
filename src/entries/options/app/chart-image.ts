// A drawing of the page as a file that stands alone: colours written out, so that no style sheet is needed.

const WRITTEN = ['fill', 'stroke', 'font-family', 'font-size', 'font-variant', 'font-weight'] as const;
/** Pixels of the PNG per CSS pixel: sharp in print and on dense screens. */
const SCALE = 2;

export async function chartImage(drawing: SVGSVGElement, type: 'svg' | 'png'): Promise<Blob> {
  const place = drawing.isConnected ? undefined : aside(drawing);
  try {
    const svg = new Blob([standalone(drawing)], { type: 'image/svg+xml' });
    const [width, height] = ['width', 'height'].map(name => Number(drawing.getAttribute(name)) * SCALE);
    return type === 'svg' ? svg : await rasterise(svg, width ?? 0, height ?? 0);
  } finally {
    place?.remove();
  }
}

/** Colours and sizes are known of drawings within the page only; one made for saving is put where nobody sees it. */
function aside(drawing: SVGSVGElement): HTMLElement {
  const place = document.createElement('div');
  place.className = 'unseen';
  place.setAttribute('aria-hidden', 'true');
  place.append(drawing);
  document.body.append(place);
  return place;
}

function standalone(drawing: SVGSVGElement): string {
  const copy = drawing.cloneNode(true) as SVGSVGElement;
  const originals = [drawing, ...drawing.querySelectorAll('*')];
  const copies = [copy, ...copy.querySelectorAll('*')];
  for (const [index, original] of originals.entries()) {
    const style = getComputedStyle(original);
    for (const name of WRITTEN) copies[index]?.setAttribute(name, style.getPropertyValue(name));
  }
  copy.setAttribute('xmlns', 'http://www.w3.org/2000/svg');
  const ground = document.createElementNS('http://www.w3.org/2000/svg', 'rect');
  ground.setAttribute('width', '100%');
  ground.setAttribute('height', '100%');
  ground.setAttribute('fill', getComputedStyle(document.documentElement).backgroundColor);
  copy.prepend(ground);
  return new XMLSerializer().serializeToString(copy);
}

async function rasterise(svg: Blob, width: number, height: number): Promise<Blob> {
  const url = URL.createObjectURL(svg);
  try {
    const image = new Image();
    image.src = url;
    await image.decode();
    const canvas = new OffscreenCanvas(width, height);
    canvas.getContext('2d')?.drawImage(image, 0, 0, width, height);
    return await canvas.convertToBlob({ type: 'image/png' });
  } finally {
    URL.revokeObjectURL(url);
  }
}
