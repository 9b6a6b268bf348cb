// Property tests draw the same inputs each time, so that a run can be repeated; another seed draws others: `GLEANER_SEED=7 npm test`.
import fc from 'fast-check';

fc.configureGlobal({ ...fc.readConfigureGlobal(), seed: Number(process.env.GLEANER_SEED ?? 1) });
