// The popup: collect from the page one stands on, and test an image. The same page also opens as a tab.
import { render } from 'preact';
import '../parts/style/base.css';
import '../parts/style/buttons.css';
import '../parts/style/controls.css';
import '../parts/style/cards.css';
import '../parts/style/predictions.css';
import './popup.css';
import { inTab } from '../../edges/tabs';
import { watch } from '../parts/collect/state';
import { complain } from '../parts/complain';
import { keepFocus } from '../parts/keep-focus';
import { setPageLanguage } from '../parts/page-language';
import { countPresses } from '../parts/press';
import { continueTest } from '../parts/testing/testing';
import { PopupPage } from './popup-page';

setPageLanguage();
countPresses(new AbortController().signal);
keepFocus(new AbortController().signal);
addEventListener('unhandledrejection', event => complain(event.reason));
const root = document.getElementById('root');
inTab().then(tab => {
  document.body.classList.toggle('in-tab', tab);
  if (root) render(<PopupPage inTab={tab} />, root);
  return watch(new AbortController().signal);
}, complain);
continueTest().catch(complain);
