// Puts the collector into a tab after a click, and says where it cannot be put.
import { GleanerError } from '../../contract/error';
import { warnInTab } from '../../edges/badge';
import { t } from '../../edges/i18n';
import { inject } from '../../edges/scripting';
import { dropIntent, type Intent, setIntent } from '../../edges/tab-harvests';
import collectorFile from '../content/collector.ts?iife';
import earlyFile from '../content/early.ts?iife';
import observerFile from '../content/observer.ts?iife';

/**
 * Puts the collector into a tab. The click itself lets the extension into that tab, so the collector does not wait for
 * the answer about access; without a click (and so without that right) it is tried again once access is there.
 */
export async function beginInTab(tabId: number, intent: Intent, access: Promise<boolean>): Promise<void> {
  await setIntent(tabId, intent);
  try {
    await injectCollector(tabId);
  } catch {
    await access;
    try {
      await injectCollector(tabId);
    } catch (cause) {
      await dropIntent(tabId);
      // Where no panel can stand, the toolbar button says what is wrong.
      await warnInTab(tabId, t('error_page_closed'));
      throw new GleanerError('page_closed', [], { cause });
    }
  }
}

async function injectCollector(tabId: number): Promise<void> {
  await inject(tabId, earlyFile, 'ISOLATED');
  await inject(tabId, observerFile, 'MAIN');
  await inject(tabId, collectorFile, 'ISOLATED');
}
