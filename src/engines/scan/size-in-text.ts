// Reads "1024 × 1359", as engines write it under a tile.

/** The first `width × height` in the text, in pixels; empty when there is none. */
export function sizeInText(text: string): { width?: number; height?: number } {
  const match = /(\d{1,6})\s*[x×✕]\s*(\d{1,6})/i.exec(text.slice(0, 1000));
  return match === null ? {} : { width: Number(match[1]), height: Number(match[2]) };
}
