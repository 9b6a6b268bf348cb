// The side panel: what the page beside it holds, looked over and taken; the next search; and the test of an image.
import { render } from 'preact';
import '../parts/style/base.css';
import '../parts/style/buttons.css';
import '../parts/style/controls.css';
import '../parts/style/cards.css';
import '../parts/style/predictions.css';
import './side-panel.css';
import { onTestRequest } from '../../edges/test-request';
import { watch } from '../parts/collect/state';
import { complain } from '../parts/complain';
import { keepFocus } from '../parts/keep-focus';
import { setPageLanguage } from '../parts/page-language';
import { watchPlan } from '../parts/plan/open-search';
import { countPresses } from '../parts/press';
import { continueTest } from '../parts/testing/testing';
import { followPlan } from './follow-plan';
import { followTab } from './follow-tab';
import { lookOn } from './looking-on';
import { Panel } from './panel';
import { watchUndone } from './run';

setPageLanguage();
addEventListener('unhandledrejection', event => complain(event.reason));
const { signal } = new AbortController();
countPresses(signal);
keepFocus(signal);
const root = document.getElementById('root');
if (root) render(<Panel />, root);
async function begin(): Promise<void> {
  await watch(signal);
  await watchPlan(signal);
  followTab(signal);
  followPlan(signal);
  lookOn(signal);
  watchUndone(signal);
  await continueTest();
}
begin().catch(complain);
onTestRequest(() => void continueTest().catch(complain), signal);
