// Whether a host's answer is an image of its own that stands in for what it refuses or no longer has.
import type { Landing } from '../../contract/sample';

/**
 * So many files of one host with the same bytes are its stand-in, if they look like a notice: drawn, mostly of one tone. Photographs
 * lie on a host under several names for good reasons, so it takes more of them. Where redirects lead them to one place, two are enough.
 */
const SAME_BYTES = { notice: 3, photograph: 8 };

/**
 * Whether the new address, whose bytes are those of the earlier ones, shows that they all stand in for something else.
 * @param flat  whether the image is mostly of one tone, as notices are
 */
export function isStandIn(earlier: readonly Landing[], now: Landing, flat: boolean): boolean {
  if (!isFurther(earlier, now)) return false;
  const end = now.landed === undefined ? undefined : placeOf(now.landed);
  if (end !== undefined && earlier.some(({ landed }) => landed !== undefined && placeOf(landed) === end)) return true;
  return earlier.length + 1 >= (flat ? SAME_BYTES.notice : SAME_BYTES.photograph);
}

/** Whether the address is another file of the same host as all of the earlier ones. */
export function isFurther(earlier: readonly Landing[], { asked }: Landing): boolean {
  return earlier.every(
    before => hostnameOf(before.asked) === hostnameOf(asked) && fileOf(before.asked) !== fileOf(asked),
  );
}

/** Where a redirect ended, when that is a file of another name: undefined when it only changed scheme, host or folder. */
export function ledAway(asked: string, landed: string | undefined): string | undefined {
  return landed === undefined || fileOf(asked) === fileOf(landed) ? undefined : landed;
}

export function hostnameOf(address: string): string {
  return URL.canParse(address) ? new URL(address).hostname : '';
}

/** What names the file: its name where that is an image's, and all that stands behind the host where a program is asked. */
function fileOf(address: string): string {
  if (!URL.canParse(address)) return address;
  const { pathname, search } = new URL(address);
  const name = pathname.slice(pathname.lastIndexOf('/') + 1);
  return /\.(?:jpe?g|png|webp|gif|avif|bmp)$/i.test(name) ? name.toLowerCase() : pathname + search;
}

function placeOf(address: string): string {
  return URL.canParse(address) ? new URL(address).origin + new URL(address).pathname : address;
}
