// The names of the classes in the head of a dataset card, as a reader of YAML takes them (5.7, escaped characters).

/** By their numbers, which count from 0. Throws where a line is not as the card writes it. */
export function cardNames(card: string): string[] {
  const head = /^---\n([\s\S]*?)\n---\n/.exec(card)![1]!;
  const [, list = ''] = head.split('        names:\n');
  return list.split('\n').map((line, number) => {
    const [, own, text] = /^ {10}'(\d+)': ("[^"\\]*(?:\\[uU][0-9a-f]+[^"\\]*)*")$/.exec(line)!;
    if (Number(own) !== number) throw new Error(`${own} instead of ${number}`);
    return JSON.parse(text!.replace(/\\U([0-9a-f]{8})/g, (_, code) => String.fromCodePoint(Number.parseInt(code, 16))));
  });
}
