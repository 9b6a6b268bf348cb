// The options page, which is the app: collect, train, judge, export.
import { render } from 'preact';
import '../parts/style/base.css';
import '../parts/style/buttons.css';
import '../parts/style/controls.css';
import '../parts/style/cards.css';
import '../parts/style/predictions.css';
import '../parts/style/fields.css';
import '../parts/style/tables.css';
import '../parts/style/legend.css';
import { complain } from '../parts/complain';
import { setPageLanguage } from '../parts/page-language';
import { watchPlan } from '../parts/plan/open-search';
import { watchCollection } from './app/state';
import { Shell } from './shell/shell';
import { installPackedAtFirstStart } from './train/getting-weights';
import { startLookingAhead } from './train/looking-ahead';

setPageLanguage();
const root = document.getElementById('root');
if (root) render(<Shell />, root);
addEventListener('unhandledrejection', event => complain(event.reason));
watchCollection(new AbortController().signal).catch(complain);
watchPlan(new AbortController().signal).catch(complain);
installPackedAtFirstStart().catch(complain);
void startLookingAhead(new AbortController().signal);
