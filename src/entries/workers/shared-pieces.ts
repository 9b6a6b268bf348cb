// The shared page put together: what of it lies in the package, the model, and its backbone's weights.
import { backbonesOf } from '../../backbones/together';
import type { Model } from '../../contract/report';
import { type SharedWords, sharedName } from '../../contract/shared-page';
import { fileInPackage } from '../../edges/package-file';
import { layersToShare } from '../../edges/store/backbone-layers';
import { type DrawnReport, type SharedLayer, type ShareSource, sharedPage } from '../../pipeline/export/shared-page';
import { stoppable } from '../../pipeline/streams/stoppable';
import { licenceFiles, needBackbones } from './licence-files';
import { VERSIONS } from './versions';

/** What stands in the page before its script runs, and the language it speaks. */
export interface SharedTitle extends Omit<SharedWords, 'messages'>, Pick<ShareSource, 'title' | 'withoutScript'> {}

/** The file in pieces. Rejects with `backbone_changed`, or with the signal's reason. */
export async function sharedPieces(
  model: Model,
  { title, withoutScript, language, direction }: SharedTitle,
  report: DrawnReport | undefined,
  signal: AbortSignal,
): Promise<Iterable<Uint8Array>> {
  await needBackbones(model);
  const layers: SharedLayer[] = [];
  for (const [i, { id }] of backbonesOf(model).entries()) {
    for await (const { name, parts } of stoppable(layersToShare(id), signal)) {
      layers.push({ name: sharedName(name, i), parts });
    }
  }
  const inPackage = async (name: string) => (await fileInPackage(`/share-page/${name}`)).text();
  return sharedPage({
    template: await inPackage('template.txt'),
    script: await inPackage('page.js'),
    title,
    withoutScript,
    words: { language, direction, messages: JSON.parse(await inPackage(`words-${language}.json`)) },
    model,
    layers,
    gleaner: VERSIONS.gleaner,
    licences: (await licenceFiles(model)).map(({ bytes }) => new TextDecoder().decode(bytes)),
    report,
  });
}
