// Addresses from pages may be anything; only web addresses become links.

/** The address when it is http(s), else undefined, which makes a link without a target. */
export function webAddress(address: string | undefined): string | undefined {
  if (address === undefined || !URL.canParse(address)) return undefined;
  return /^https?:$/.test(new URL(address).protocol) ? address : undefined;
}
