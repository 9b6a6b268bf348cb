// The page that is measured: the extension's own workers and stores, without its screens, called from Node.
import * as accuracy from './accuracy';
import * as features from './features';
import * as heads from './heads';
import * as litert from './litert';
import * as rival from './rival';
import * as xnnpack from './xnnpack';

const calls = { ...accuracy, ...features, ...heads, ...litert, ...rival, ...xnnpack };
export type Calls = typeof calls;
Object.assign(globalThis, { calls });
