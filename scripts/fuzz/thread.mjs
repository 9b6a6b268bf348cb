// Starts the fuzzer's thread: in it the loader for TypeScript is not there yet.
import { register } from 'tsx/esm/api';

register();
await import('./thread.ts');
