// Names as they are compared with words that are known: people leave out accents and marks, or write them.

/** The name without the marks above and below its letters; scripts whose letters are made of parts stay as they are. */
export function withoutAccents(name: string): string {
  return name
    .normalize('NFKD')
    .replace(/[\u0300-\u036f]/g, '')
    .normalize('NFC');
}
