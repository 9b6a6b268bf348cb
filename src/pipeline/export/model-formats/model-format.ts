// The one shape every format of model.zip has: its files, and the words that say how it is loaded.
import type { Geometry } from '../../../contract/backbone';
import type { ZipEntry } from '../../../formats/zip/write';
import type { Layer, PixelRange } from '../network';

/** The classifier, or the head alone, as it is to be written. */
export interface ModelToWrite {
  /** From input to probabilities; the numbers are shared with whoever else writes them. */
  layers: Layer[];
  labels: string[];
  /** Id of the backbone. */
  backbone: string;
  /** Program and version, to be named as the writer. */
  generator: string;
  version: string;
  /** Whose the backbone is, in words: names and addresses of licences. */
  licence: string;
  /** When the model was trained: no file says when it was written, so that equal models give equal files. */
  createdAt: number;
  /** Weights as 16-bit floats. */
  half: boolean;
}

/** What a reader must know to load it. */
export interface Loading {
  headOnly: boolean;
  /** Of the image, in pixels. */
  side: number;
  /** Numbers of the features, which is what a head alone takes. */
  length: number;
  geometry: Geometry;
}

export interface ModelFormat {
  /** What Hugging Face calls it. */
  tag: string;
  /** What its loader makes of a pixel before the network sees it; 0 to 255 where not said. */
  pixels?: PixelRange;
  /** Its files, by their paths below `folder`, which ends with a slash. */
  files(model: ModelToWrite, folder: string): Iterable<ZipEntry> | AsyncIterable<ZipEntry>;
  /** How it is loaded, in Markdown: programs that run as they are in the unpacked folder, beside an image of one's own. */
  readme(loading: Loading): string;
}
