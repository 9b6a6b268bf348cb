// Undo and redo: every change of the collection made here is a step that knows its own way back, also after a reload.
import { GleanerError } from '../../../contract/error';
import type { Step } from '../../../contract/step';
import { afterOthers, atWork, standFor } from '../../../edges/locks';
import {
  announceStep,
  completeStep,
  dropStep,
  forgetAllSteps,
  type KeptStep,
  rememberStep,
  stepOn,
  turnStep,
} from '../../../edges/store/steps';

/** A step that takes long, or needs what only this page has, such as a file: done first, and remembered then. */
export interface PageStep {
  /** What was done, for the notice: "3 images added". */
  words: string;
  redo(): Promise<void>;
  undo(): Promise<void>;
  /** The step as data, once it was done; without it the way back is lost with the page. */
  lasting?(): Step;
}

/** How each kind of step is done and undone. Either may give the step as it is known afterwards. */
export type Ways = {
  [K in Step['kind']]: {
    redo(step: Extract<Step, { kind: K }>): Promise<Step | undefined>;
    undo(step: Extract<Step, { kind: K }>): Promise<Step | undefined>;
  };
};

/** A step that can be neither undone nor done again because what it was done to is no longer there. It is forgotten. */
export class StepGone extends Error {
  constructor(
    readonly step: Step,
    cause: unknown,
  ) {
    super(`gone: ${step.kind}`, { cause });
  }
}
/** Errors that no second try mends, or that only another name would: such a step shall not be in the way of all before it. */
const GONE = new Set([
  'label_gone',
  'label_name_taken',
  'images_gone',
  'images_in_bin',
  'not_in_bin',
  'harvest_gone',
  'step_elsewhere',
]);

/**
 * The history all pages share. Its steps run one after the other, also when keys are pressed faster than the background
 * answers and when several pages are open.
 */
export class History {
  private readonly here = new Map<string, PageStep>();

  constructor(private readonly ways: Ways) {}

  /** Does a step for the first time. It is written down before, so that a page closed in its middle knows the way back. */
  perform(step: Step): Promise<KeptStep> {
    return afterOthers('steps', async () => {
      const kept = await announceStep(step);
      try {
        const done = { id: kept.id, step: (await this.run('redo', kept)) ?? step };
        await completeStep(done);
        return done;
      } catch (error) {
        await dropStep(kept.id);
        throw error;
      }
    });
  }

  /** Does a step of this page and remembers it; others need not wait for it. When it fails nothing is remembered. */
  async performHere(step: PageStep): Promise<KeptStep> {
    await step.redo();
    const lasting = step.lasting?.();
    return afterOthers('steps', async () => {
      const kept = await rememberStep(lasting ?? { kind: 'page', words: step.words });
      if (!lasting) {
        this.here.set(kept.id, step);
        standFor(pageOf(kept.id));
      }
      return kept;
    });
  }

  /** Remembers what was done already. */
  remember(step: Step): Promise<KeptStep> {
    return afterOthers('steps', () => rememberStep(step));
  }

  /** Takes the newest step back, or this one; gives it, or undefined when there is none. Rejects with a `StepGone`. */
  undo(id?: string): Promise<KeptStep | undefined> {
    return this.turn('undo', id);
  }

  redo(id?: string): Promise<KeptStep | undefined> {
    return this.turn('redo', id);
  }

  /** Whether this step was turned that way already, so that it cannot be once more. */
  async wasTurned(way: 'undo' | 'redo', id: string): Promise<boolean> {
    return (await stepOn(way === 'undo' ? 'undone' : 'done', id)) !== undefined;
  }

  /** What is gone for good cannot be taken back. */
  async forget(): Promise<void> {
    this.here.clear();
    await forgetAllSteps();
  }

  private turn(way: 'undo' | 'redo', id: string | undefined): Promise<KeptStep | undefined> {
    return afterOthers('steps', async () => {
      const kept = await stepOn(way === 'undo' ? 'done' : 'undone', id);
      if (!kept) return undefined;
      try {
        const turned = { id: kept.id, step: (await this.run(way, kept)) ?? kept.step };
        await turnStep(turned, way === 'undo' ? 'undone' : 'done');
        return turned;
      } catch (error) {
        if (!(error instanceof GleanerError) || !GONE.has(error.code)) throw error;
        await dropStep(kept.id);
        throw new StepGone(kept.step, error);
      }
    });
  }

  private async run(way: 'undo' | 'redo', { id, step }: KeptStep): Promise<Step | undefined> {
    const here = this.here.get(id);
    if (here) {
      await here[way]();
      return { kind: 'page', words: here.words };
    }
    // As long as its page is open, it stays to be taken back there.
    if (step.kind === 'page' && (await atWork(pageOf(id)))) throw new GleanerError('step_other_page');
    return this.ways[step.kind][way](step as never);
  }
}

/** The name a page stands for that alone can take a step back. */
function pageOf(stepId: string): string {
  return `page-of-step-${stepId}`;
}
