// Injected into a page on a click. A second click finds the first collector and hands it the new harvest.
import { PageHarvest } from './page-harvest';

// Of the extension's own world: the page sees nothing of it.
const world = globalThis as typeof globalThis & { gleanerCollector?: PageHarvest };

if (!world.gleanerCollector?.alive()) {
  world.gleanerCollector?.close();
  world.gleanerCollector = new PageHarvest(document);
}
void world.gleanerCollector.begin();
