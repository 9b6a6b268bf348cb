// The versions of what wrote a file, as its readers may ask for them.
import { version as tfjs } from '@tensorflow/tfjs-core/package.json';
import { version as gleaner } from '../../../package.json';
import type { Versions } from '../../pipeline/export/report-json';

export const VERSIONS: Versions = { gleaner, tfjs };
