// Percent-encoding of addresses (RFC 3986, section 2.1).

/** The text with its escapes resolved; as it stands where they are no UTF-8. */
export function percentDecoded(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}
