// The weights this page is bringing in, kept apart from the screen so that looking elsewhere does not stop them.
import { signal } from '@preact/signals';
import type { BackboneInfo } from '../../../contract/features';
import { announce } from '../../../edges/changes';
import { explain } from '../../../edges/i18n';
import { backbone } from '../state';
import { backboneSource } from '../workers';

export interface Getting {
  controller: AbortController;
  /** Bytes; missing while a file is read rather than received. */
  received?: number;
  total?: number;
  /** Missing until it can be told honestly. */
  secondsLeft?: number;
}
export const getting = signal<Getting>();
export const gettingError = signal<string>();
/** Name of the weights file packed into this build, when there is one. */
export const packedName = signal<string>();

/** Seconds of receiving before a time left is worth telling. */
const HONEST_AFTER = 3;

export function downloadWeights(): Promise<void> {
  let first: { received: number; at: number } | undefined;
  return get(controller =>
    backboneSource().download((received, total) => {
      if (getting.value?.controller !== controller) return;
      first ??= { received, at: performance.now() };
      const seconds = (performance.now() - first.at) / 1000;
      const speed = (received - first.received) / seconds;
      const honest = seconds > HONEST_AFTER && speed > 0;
      // What follows the last byte is the reading.
      const state = received < total ? { received, total } : {};
      getting.value = { controller, ...state, ...(honest ? { secondsLeft: (total - received) / speed } : {}) };
    }, controller.signal),
  );
}

export function readWeightsFile(file: File): Promise<void> {
  return get(controller => backboneSource().fromFile(file, controller.signal));
}

export function installSeeded(seed: number): Promise<void> {
  return get(() => backboneSource().seeded(seed));
}

export function installPacked(): Promise<void> {
  return get(controller => backboneSource().packed(controller.signal));
}

/** At the first start of a build that brings its weights along they are installed unasked; others are never replaced. */
export async function installPackedAtFirstStart(): Promise<void> {
  packedName.value = await backboneSource().packedName();
  if (packedName.value && !(await backboneSource().current()) && !getting.value) await installPacked();
}

async function get(how: (controller: AbortController) => Promise<BackboneInfo>): Promise<void> {
  const controller = new AbortController();
  getting.value = { controller };
  gettingError.value = undefined;
  try {
    backbone.value = await how(controller);
    announce({ models: true });
  } catch (error) {
    if (!controller.signal.aborted) gettingError.value = explain(error);
  } finally {
    getting.value = undefined;
  }
}
