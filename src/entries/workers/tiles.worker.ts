// Reads, decodes and cuts the images of tiles off the page's thread, so that scrolling never waits for them.
import * as Comlink from 'comlink';
import { squareImage } from '../../edges/square-image';
import { thumbnailsOf } from '../../edges/store/samples';
import { expose } from './worker-bridge';

const api = {
  /** Squares of `side` device pixels in the order asked for; none where the browser lost the thumbnail or it is damaged. */
  async images(sha256s: string[], side: number): Promise<(ImageBitmap | undefined)[]> {
    const blobs = await thumbnailsOf(sha256s);
    const images = await Promise.all(blobs.map(blob => blob && squareImage(blob, side).catch(() => undefined)));
    return Comlink.transfer(
      images,
      images.filter(image => image !== undefined),
    );
  },
};
export type TilesWorker = typeof api;
expose(api);
