// Injected into a page on a click. A second click finds the first collector and hands it the new harvest.
import { ownWorld } from './own-world';
import { PageHarvest } from './reading/page-harvest';

const { gleanerEarly: early } = ownWorld;
if (early === undefined) throw new Error('the early script was not put in');
early.channel.close();
if (!ownWorld.gleanerCollector?.alive()) {
  ownWorld.gleanerCollector?.close();
  ownWorld.gleanerCollector = new PageHarvest(document, early);
}
void ownWorld.gleanerCollector.begin();
