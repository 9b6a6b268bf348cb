// A trained model as a page of its own: one file that needs no server, no network and no extension.
import { render } from 'preact';
import '../parts/style/base.css';
import '../parts/style/buttons.css';
import '../parts/style/controls.css';
import '../parts/style/cards.css';
import '../parts/style/predictions.css';
import './shared-page.css';
import { complain } from '../parts/complain';
import { open } from './classifying';
import { SharedPage } from './shared-page';

addEventListener('unhandledrejection', event => complain(event.reason));
const page = document.getElementById('page');
const report = document.getElementById('report');
report?.remove();
if (page) {
  // What a page without its script shows makes room.
  page.replaceChildren();
  render(<SharedPage title={document.title} report={report?.shadowRoot ? report : null} />, page);
}
// A file let go beside the field would take the page's place.
for (const type of ['dragover', 'drop']) addEventListener(type, event => event.preventDefault());
void open();
