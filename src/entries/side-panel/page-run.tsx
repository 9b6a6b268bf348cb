// A page that is being read: how far it is, what it found, and what stands in the way. What comes and goes stands below the
// finds, which give it the room: neither they nor the buttons below move.
import './page-run.css';
import { plural } from '../../edges/i18n';
import { named } from '../../pipeline/bucket/label-name';
import { Progress } from '../parts/collect/progress';
import { Note } from '../parts/note';
import { page } from './follow-tab';
import { FindsNotes, LookOver } from './look-over';
import { foundText, nothingFound, noticeText, phaseText, summaryText } from './page-words';
import { lookingOver, mine, removed, undone } from './run';

export function PageRun() {
  const state = page.value;
  if (!state) return null;
  const progress = mine.value;
  const notice = noticeText(state, progress?.paused);
  return (
    <>
      <div class="run-line">
        <span>{phaseText(state)}</span>
        {state.phase !== 'image' && !undone.value && !nothingFound(state) && (
          <span class="soft">{foundText(state)}</span>
        )}
      </div>
      {lookingOver.value && <LookOver />}
      <div class="run-notes">
        <div role="alert">{notice !== '' && <Note kind="warn">{notice}</Note>}</div>
        {lookingOver.value && <FindsNotes />}
        {progress && !undone.value && <Progress progress={progress} />}
        <p class="small" role="status">
          {undone.value
            ? progress?.harvest.undone && plural('panel_removed', removed.value, named(progress.label))
            : progress && !nothingFound(state) && summaryText(state, progress)}
        </p>
      </div>
    </>
  );
}
