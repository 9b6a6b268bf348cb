// The options page, which is the app: collect, train, judge, export.
import { render } from 'preact';
import '../parts/style/base.css';
import '../parts/style/controls.css';
import './style/shell.css';
import './style/tables.css';
import './style/chart.css';
import './style/dataset.css';
import './style/train.css';
import './style/report.css';
import './style/menu.css';
import './style/export.css';
import { setPageLanguage } from '../parts/page-language';
import { complain } from './notices';
import { Shell } from './shell';
import { watchCollection } from './state';
import { installPackedAtFirstStart } from './train/getting-weights';

setPageLanguage();
const root = document.getElementById('root');
if (root) render(<Shell />, root);
addEventListener('unhandledrejection', event => complain(event.reason));
watchCollection(new AbortController().signal).catch(complain);
installPackedAtFirstStart().catch(complain);
