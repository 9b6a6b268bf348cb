// The backbone of a model that is to leave: whether it is still there, and the licence and notice that go with it.

import { backbonesOf } from '../../backbones/together';
import { GleanerError } from '../../contract/error';
import type { Model } from '../../contract/report';
import { fileInPackage } from '../../edges/package-file';
import { BUILT_IN_INFO, sameWeights } from '../../edges/store/backbones';
import type { ZipEntry } from '../../formats/zip/write';
import { goneBackbones } from './backbone-for';

/** Path in the zip, then in the package. */
const LICENCE = [
  ['backbone/NOTICE.txt', '/backbones/NOTICE.txt'],
  ['backbone/LICENSE-Apache-2.0.txt', '/backbones/LICENSE-Apache-2.0.txt'],
] as const;

/** Rejects with `backbone_changed` where a backbone of the model is no longer installed. */
export async function needBackbones(model: Model): Promise<void> {
  const [gone] = await goneBackbones(model);
  if (gone) throw new GleanerError('backbone_changed', [gone.source]);
}

/** Those of the built-in backbone; of others Gleaner has none. */
export async function licenceFiles(model: Model): Promise<ZipEntry[]> {
  if (!backbonesOf(model).some(({ id }) => sameWeights(id, BUILT_IN_INFO.id))) return [];
  return Promise.all(
    LICENCE.map(async ([path, inPackage]) => {
      const file = await fileInPackage(inPackage);
      return { path, bytes: new Uint8Array(await file.arrayBuffer()) };
    }),
  );
}
