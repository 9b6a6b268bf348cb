// How a job ended, beside where it is begun; as long as it stands there, a failure is said there and nowhere else.
import './task-outcome.css';
import { useEffect, useRef } from 'preact/hooks';
import { Note } from '../../parts/note';
import { Dismiss } from './dismiss';
import type { Task } from './task';

export function TaskOutcome({ task }: { task: Pick<Task, 'outcome' | 'watch' | 'dismiss'> }) {
  useEffect(() => task.watch(), [task]);
  const outcome = task.outcome.value;
  const failed = useRef<HTMLDivElement>(null);
  // Whoever began the job may look elsewhere on the page, and notices stand over its foot.
  useEffect(() => failed.current?.scrollIntoView({ block: 'nearest' }), [outcome]);
  const note = outcome && <Note kind={outcome.kind}>{outcome.words}</Note>;
  return (
    <>
      {/* There before its words, or they would not be read out. */}
      <div role="alert">
        {outcome?.kind === 'bad' && (
          <div class="task-failure" ref={failed}>
            {note}
            <Dismiss onClick={() => task.dismiss()} />
          </div>
        )}
      </div>
      {outcome?.kind !== 'bad' && note}
    </>
  );
}
