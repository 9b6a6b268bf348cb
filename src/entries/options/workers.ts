// The learning workers of this page, started when first needed and then kept: starting one costs seconds.
import type { BackboneSource, Learner } from '../../contract/learner';
import { createBackboneSource as createSource } from '../workers/backbone-source';
import { createLearner } from '../workers/learner';

let source: BackboneSource | undefined;
let learner: Learner | undefined;

export function backboneSource(): BackboneSource {
  source ??= createSource();
  return source;
}

export function theLearner(): Learner {
  learner ??= createLearner();
  return learner;
}
