// The backbone of a model that is to leave: whether it is still there, and the licence and notice that go with it.
import { GleanerError } from '../../contract/error';
import type { Model } from '../../contract/report';
import { fileInPackage } from '../../edges/package-file';
import { availableBackbones, BUILT_IN_INFO, sameWeights } from '../../edges/store/backbones';
import type { ZipEntry } from '../../formats/zip/write';

/** Path in the zip, then in the package. */
const LICENCE = [
  ['backbone/NOTICE.txt', '/backbones/NOTICE.txt'],
  ['backbone/LICENSE-Apache-2.0.txt', '/backbones/LICENSE-Apache-2.0.txt'],
] as const;

/** Rejects with `backbone_changed` where the model's backbone is no longer installed. */
export async function needBackbone({ backbone }: Model): Promise<void> {
  const there = (await availableBackbones()).some(({ id }) => sameWeights(id, backbone.id));
  if (!there) throw new GleanerError('backbone_changed', [backbone.source]);
}

/** Those of the built-in backbone; of others Gleaner has none. */
export async function licenceFiles({ backbone }: Model): Promise<ZipEntry[]> {
  if (!sameWeights(backbone.id, BUILT_IN_INFO.id)) return [];
  return Promise.all(
    LICENCE.map(async ([path, inPackage]) => {
      const file = await fileInPackage(inPackage);
      return { path, bytes: new Uint8Array(await file.arrayBuffer()) };
    }),
  );
}
