import { AudioLines, Copy, Plus, Trash2 } from 'lucide-react';
import { useStore } from 'zustand';
import type { Clip, Take } from '../../shared/clip/clip-schema';
import { duplicateTake } from '../document/commands/duplicate-take';
import { removeClip } from '../document/commands/remove-clip';
import { removeTake } from '../document/commands/remove-take';
import { renameClip } from '../document/commands/rename-clip';
import { renameTake } from '../document/commands/rename-take';
import { selectTake } from '../document/commands/select-take';
import { formatSeconds, formatSeed } from '../document/describe';
import { useKeyHints } from '../keyboard/use-bindings';
import { chooseAudio } from '../session/actions/import-audio';
import { showClip } from '../session/actions/show-clip';
import { useDocument, useShownClip, useStudio } from '../session/studio-context';
import { IconButton } from '../ui/button';
import { FindingList } from './finding-list';
import { LibraryItem } from './library-item';
import './library.css';

/** The clips of the project and the takes of the shown clip. */
export function Library() {
  return (
    <aside className="library" aria-label="Library">
      <ClipList />
      <TakeList />
      <FindingList />
    </aside>
  );
}

function ClipList() {
  const studio = useStudio();
  const clips = useDocument((state) => state.project.clips);
  const shown = useShownClip();
  const keyOf = useKeyHints();
  const jobs = useStore(studio.jobs, (state) => state.jobs);
  const apply = useDocument((state) => state.apply);
  return (
    <section className="library-section" aria-label="Clips">
      <div className="panel-head">
        <h2 className="panel-title">Clips</h2>
        <div>
          {shown ? <IconButton label={`Remove ${shown.name}`} icon={<Trash2 size={14} />} onClick={() => apply(removeClip(shown.id, shown.name))} /> : null}
          <IconButton label="Import audio" keys={keyOf('file.import')} icon={<Plus size={16} />} onClick={() => void chooseAudio(studio)} />
        </div>
      </div>
      <ul className="item-list">
        {clips.map((clip: Clip) => (
          <LibraryItem
            key={clip.id}
            id={clip.id}
            name={clip.name}
            note={formatSeconds(clip.audio.durationSeconds)}
            isCurrent={clip.id === shown?.id}
            progress={jobs.find((job) => job.clipId === clip.id)?.fraction}
            onSelect={() => void showClip(studio, clip.id)}
            onRename={(name) => apply(renameClip(clip.id, name))}
            onDelete={() => apply(removeClip(clip.id, clip.name))}
          />
        ))}
        <li>
          <button type="button" className="drop-hint" onClick={() => void chooseAudio(studio)}>
            <AudioLines size={18} aria-hidden />
            Drop a recording here
          </button>
        </li>
      </ul>
    </section>
  );
}

function TakeList() {
  const clip = useShownClip();
  const keyOf = useKeyHints();
  const apply = useDocument((state) => state.apply);
  const takeId = clip?.activeTakeId;
  if (!clip || !takeId) return null;
  return (
    <section className="library-section" aria-label="Takes">
      <div className="panel-head">
        <h2 className="panel-title">Takes</h2>
        <div>
          <IconButton
            label="Duplicate take"
            keys={keyOf('edit.duplicate-take')}
            icon={<Copy size={14} />}
            onClick={() => apply(duplicateTake(clip.id, takeId, crypto.randomUUID()))}
          />
          <IconButton
            label="Delete take"
            keys="Delete"
            icon={<Trash2 size={14} />}
            disabled={clip.takes.length < 2}
            onClick={() => apply(removeTake(clip.id, takeId))}
          />
        </div>
      </div>
      <ul className="item-list">
        {clip.takes.map((take: Take) => (
          <LibraryItem
            key={take.id}
            id={take.id}
            name={take.name}
            note={formatSeed(take.streams.head.segments[0]?.provenance.seed ?? 0)}
            isCurrent={take.id === takeId}
            onSelect={() => apply(selectTake(clip.id, take.id))}
            onRename={(name) => apply(renameTake({ clipId: clip.id, takeId: take.id }, name))}
            onDelete={clip.takes.length > 1 ? () => apply(removeTake(clip.id, take.id)) : undefined}
          />
        ))}
      </ul>
    </section>
  );
}
