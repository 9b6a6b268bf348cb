// Wires the right-click menu: draws it from the labels, and turns a click into a harvest or a test.
import { type MenuClick, replaceMenu } from '../../edges/context-menus';
import { t } from '../../edges/i18n';
import { openSidePanel } from '../../edges/side-panel';
import { allLabels } from '../../edges/store/labels';
import { openTestPage } from '../../edges/tabs';
import { leaveTestImage } from '../../edges/test-request';
import { queryOf } from '../../pipeline/harvest/query';
import { requestAccess } from './access';
import { beginInTab } from './inject-collector';
import { menuAction, menuItems } from './menu-model';

/** Draws the menu anew; to be called after every change of the labels. */
export async function rebuildMenus(): Promise<void> {
  const words = {
    results: t('menu_results'),
    everything: t('menu_everything'),
    image: t('menu_image'),
    test: t('menu_test'),
    fromQuery: t('menu_from_query'),
    ask: t('menu_ask'),
  };
  await replaceMenu(menuItems(await allLabels(), words));
}

/** What a click in the menu does; must be called within the click. */
export async function menuClicked(click: MenuClick): Promise<void> {
  // First of all: after an await the browsers no longer see the click and refuse both.
  const opened = openSidePanel(click.tabId);
  const access = requestAccess();
  const action = menuAction(click.id);
  if (action === undefined) return;
  if (action.kind === 'test') {
    await access;
    await leaveTestImage(click.image ?? '');
    // It is answered beside the page; a tab of its own is for browsers that opened no panel.
    if (!(await opened)) await openTestPage();
    return;
  }
  const query = action.target === 'query' && URL.canParse(click.pageUrl) ? queryOf(new URL(click.pageUrl)) : '';
  const named = query ? { newLabel: query } : ('ask' as const);
  const target = action.target === 'query' ? named : action.target;
  const image = action.kind === 'image' ? click.image : undefined;
  await beginInTab(
    click.tabId,
    { target, ...(image ? { image } : {}), ...(action.kind === 'everything' ? { everything: true } : {}) },
    access,
  );
}
