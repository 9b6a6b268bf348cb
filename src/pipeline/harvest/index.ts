// The harvest room's door: candidates → unwrapped, de-thumbnailed, de-duplicated candidates; the query of an address.
export { addressesOf } from './addresses';
export { checkAddress } from './check-address';
export { clean } from './clean';
export { queryOf } from './query';
export { isThumbnail } from './thumbnails';
export { unwrap } from './unwrap';
