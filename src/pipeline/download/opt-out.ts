// X-Robots-Tag: has the owner asked that the image be kept out of machine learning?

const OUR_NAME = 'gleaner';
const OPT_OUTS = ['noai', 'noimageai'];

/**
 * True when `noai` or `noimageai` stands in the header, bare or addressed to us. `fetch` joins several headers with
 * commas, so a bare directive after one for another robot may belong to either; it is honoured.
 */
export function optedOut(header: string | null): boolean {
  const words = (header ?? '').toLowerCase();
  // Most say nothing of it, and a server may send a megabyte of commas.
  if (!OPT_OUTS.some(directive => words.includes(directive))) return false;
  return words.split(',').some(part => {
    const [first = '', second] = part.split(':', 2).map(text => text.trim());
    const directive = second === undefined ? first : second;
    const forUs = second === undefined || first === OUR_NAME;
    return forUs && OPT_OUTS.includes(directive);
  });
}
