// Where a saved page stood, when nobody says: browsers and pages note it themselves.

/** Units of the page that are looked at. */
const HEAD = 200_000;
const NOTES = [
  /<!-- saved from url=\(\d+\)(https?:\/\/[^\s>]+)/i,
  /<link\b[^>]{0,500}\brel=["']?canonical["']?[^>]{0,500}\bhref=["']?(https?:\/\/[^"'\s>]+)/i,
  /<link\b[^>]{0,500}\bhref=["']?(https?:\/\/[^"'\s>]+)["']?[^>]{0,500}\brel=["']?canonical/i,
  /<meta\b[^>]{0,500}\bproperty=["']?og:url["']?[^>]{0,500}\bcontent=["']?(https?:\/\/[^"'\s>]+)/i,
  /<base\b[^>]{0,500}\bhref=["']?(https?:\/\/[^"'\s>]+)/i,
];

/** The address; one that belongs to nobody where the page tells none. */
export function addressWithin(html: string): string {
  const head = html.slice(0, HEAD);
  for (const note of NOTES) {
    const address = note.exec(head)?.[1]?.replaceAll('&amp;', '&');
    if (address !== undefined && URL.canParse(address)) return address;
  }
  return 'https://page.invalid/';
}
