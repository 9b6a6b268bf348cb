// What is right for each input of the field, as its README says in prose: the one table that the browser and `inspect` are held to.

export interface Right {
  /** The way into the app. */
  by: 'zip' | 'list' | 'image' | 'page' | 'hosts' | 'weights';
  /** Images by label; of a list and a page those that were downloaded. */
  labels?: Record<string, number>;
  /** Of images brought one by one: their sizes in pixels, as "28 × 28". */
  sizes?: string[];
  /** Addresses that gave the images, sorted. */
  addresses?: string[];
  /** What is left out before anything is added, by reason. */
  left?: Record<string, number>;
  /** What the person is asked: the doubt's word, or `code-page`; nothing where not given. */
  asked?: string;
  /** Names in the order in which dataset.zip numbers the classes. */
  order?: string[];
  /** Near-duplicates: at least so many groups, none across labels, and images in every split of every label. */
  leastGroups?: number;
  /** How it is refused: the reasons of downloads with their counts, or the words the app says. */
  refused?: Record<string, number> | RegExp;
  /** Whether Firefox is tried as well. */
  firefox?: true;
}

/** Where a saved page stood. */
export const PAGE_ADDRESS = 'https://www.shop.example/list';
const shop = (path: string) => `https://www.shop.example${path}`;
const cdn = (...numbers: number[]) => numbers.map(n => `https://cdn.example/${n}.jpg`);

export const RIGHT: Record<string, Right> = {
  'class-order': { by: 'zip', labels: { 𠮷野家: 2, ＣｏＣｏ: 2 }, order: ['ＣｏＣｏ', '𠮷野家'], firefox: true },
  'flat-icons': { by: 'zip', labels: { stop: 20, go: 20 }, leastGroups: 36 },
  'folders-class-called-train': { by: 'zip', labels: { car: 2, bus: 2, train: 2 }, firefox: true },
  'folders-copy-inside': { by: 'zip', labels: { NORMAL: 3, SICK: 2 }, firefox: true },
  'folders-no-extension': { by: 'zip', labels: { cat: 2, dog: 3 }, firefox: true },
  'folders-other-split-names': { by: 'zip', labels: { cats: 4, dogs: 4 }, firefox: true },
  'folders-stray-root-picture': {
    by: 'zip',
    labels: { cat: 2, dog: 2, owl: 2 },
    left: { 'beside-classes': 1 },
    firefox: true,
  },
  'gif-301-frames': { by: 'image', labels: { blink: 1 } },
  'host-refuses-with-a-picture': {
    by: 'hosts',
    refused: { 'page-wanted': 3 },
    addresses: [
      'https://hot.imagehost.example/1.jpg',
      'https://media.forum.example/1702/1.jpg',
      'https://media.forum.example/1702/2.jpg',
    ],
  },
  'list-ansi': { by: 'list', labels: { Bär: 1, Wölfe: 1 }, addresses: cdn(1, 2), asked: 'code-page', firefox: true },
  'list-commas-in-every-address': {
    by: 'list',
    labels: { urls: 3 },
    addresses: [1, 2, 3].map(n => `https://img.example/it/u=100${n},200${n}`),
    firefox: true,
  },
  'list-html-escaped': {
    by: 'list',
    labels: { urls: 2 },
    addresses: [1, 2].map(n => `https://preview.example/a${n}.jpg?width=640&crop=smart&s=abc${n}`),
    firefox: true,
  },
  'list-image-file-name': { by: 'list', labels: { cat: 1, dog: 1 }, addresses: cdn(1, 2), firefox: true },
  'list-json-escaped': {
    by: 'list',
    labels: { urls: 2 },
    addresses: ['https://cdn.example/2.jpg', 'https://preview.example/a1.jpg?width=640&crop=smart&s=abc1'],
    firefox: true,
  },
  'list-label-column-unknown': { by: 'list', labels: { cat: 1, dog: 1 }, addresses: cdn(1, 2), firefox: true },
  'list-page-column-first': {
    by: 'list',
    labels: { 'Ursus arctos': 2, 'Vulpes vulpes': 1 },
    addresses: [1, 2, 3].map(n => `https://static.nature.example/photos/${n}/medium.jpg`),
    firefox: true,
  },
  'list-picture-ids-as-labels': {
    by: 'list',
    labels: { synset: 3 },
    addresses: cdn(1, 2, 3),
    asked: 'labels-all-different',
    firefox: true,
  },
  'list-row-numbers-as-labels': { by: 'list', labels: { urls: 3 }, addresses: cdn(1, 2, 3), firefox: true },
  'page-flags-for-addresses': {
    by: 'page',
    addresses: ['a', 'b', 'c', 'd', 'e'].map(name => shop(`/img/${name}.jpg`)),
  },
  'page-larger-one-named': {
    by: 'page',
    addresses: ['https://blog.example/bear.jpg', shop('/lg/1-1600.jpg'), shop('/t._AC_SL1500_.jpg'), shop('/w.jpg')],
  },
  'page-link-that-is-a-page': {
    by: 'page',
    addresses: ['https://1.bp.blogspot.com/-x/AAA/BBB/CCC/s1600/IMG_1.JPG', 'https://i.imagehost.example/abc123_m.jpg'],
  },
  'page-smallest-source': { by: 'page', addresses: [shop('/c_1600.jpg')] },
  'weights-that-hang': { by: 'weights', refused: /weights file|none of the networks|not a network/ },
  'zip-backslashes': { by: 'zip', labels: { cat: 1, dog: 1 }, firefox: true },
  'zip-gbk-names': { by: 'zip', labels: { 猫: 1, 狗: 1 }, asked: 'code-page', firefox: true },
};
