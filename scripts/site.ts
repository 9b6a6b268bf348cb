// `npm run site`: the page for people, in both languages, into dist/site. It has no script and asks nothing of anybody.
import { exitWith } from './exit-with';
import { buildSite, SITE_OUT } from './site/build-site';

exitWith(
  buildSite().then(() => {
    console.log(`Built ${SITE_OUT}`);
    return 0;
  }),
);
