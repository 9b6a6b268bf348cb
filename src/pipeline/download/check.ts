// One body → a checked image or a named reason: by its bytes alone, before it is decoded.
import type { Reason } from '../../contract/job';
import type { ImageType } from '../../contract/sample';
import { readHeader } from '../../formats/image';
import type { ImageHeader } from '../../formats/image-header';
import { sniff } from '../../formats/sniff';
import { IMAGE_LIMITS, type ImageLimits } from './limits';

export type Checked =
  | { ok: true; type: ImageType; header: ImageHeader }
  | { ok: false; reason: Reason /** The type found, or the size in pixels. */; detail?: string };

/** @param minSide  smallest side worth keeping, in pixels; never below 1 */
export function check(
  body: Uint8Array,
  minSide: number = IMAGE_LIMITS.minSide,
  limits: ImageLimits = IMAGE_LIMITS,
): Checked {
  if (body.length === 0) return { ok: false, reason: 'empty' };
  if (body.length > limits.bytes) return { ok: false, reason: 'too-large', detail: `${body.length}` };
  const sniffed = sniff(body);
  if (sniffed.kind === 'other-image') return { ok: false, reason: 'type-refused', detail: sniffed.type };
  if (sniffed.kind === 'not-image') return { ok: false, reason: 'not-an-image', detail: sniffed.type };
  const header = readHeader(sniffed.type, body, limits);
  if (!header || !(header.width > 0 && header.height > 0))
    return { ok: false, reason: 'undecodable', detail: sniffed.type };
  const refused = refusedSize(header, minSide, limits);
  if (refused) return { ok: false, reason: refused, detail: `${header.width} × ${header.height}` };
  return { ok: true, type: sniffed.type, header };
}

/** Why an image of this size is not decoded, or undefined when it is. */
export function refusedSize(
  { width, height, frames }: Pick<ImageHeader, 'width' | 'height' | 'frames'>,
  minSide: number,
  limits: ImageLimits = IMAGE_LIMITS,
): Extract<Reason, 'too-many-pixels' | 'too-narrow' | 'too-many-frames' | 'too-small'> | undefined {
  const long = Math.max(width, height);
  const short = Math.min(width, height);
  if (long > limits.side || width * height > limits.pixels) return 'too-many-pixels';
  if (long > short * limits.aspect) return 'too-narrow';
  if (frames > limits.frames) return 'too-many-frames';
  return short < Math.max(1, minSide) ? 'too-small' : undefined;
}
