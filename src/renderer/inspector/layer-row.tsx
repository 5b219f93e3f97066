import type { Clip, OffsetLayer, Take } from '../../shared/clip/clip-schema';
import { removeLayer, renameLayer, setLayerMuted } from '../document/commands/edit-layers';
import { useDocument, useStudio, useView } from '../session/studio-context';
import { Hint } from '../ui/button';
import { RenameField } from '../ui/rename-field';

interface LayerRowProps {
  readonly clip: Clip;
  readonly take: Take;
  readonly layer: OffsetLayer;
  readonly isActive: boolean;
}

/** One layer of the list: a click makes it the active one, F2 or a double click renames it, Delete deletes it, M switches it off. */
export function LayerRow({ clip, take, layer, isActive }: LayerRowProps) {
  const { curves } = useStudio();
  const apply = useDocument((state) => state.apply);
  const isRenaming = useView((view) => view.renamedId === layer.id);
  const update = useView((view) => view.update);
  const target = { clipId: clip.id, takeId: take.id };
  const keyCount = Object.values(layer.curves).reduce((count, curve) => count + curve.keys.length, 0);
  return (
    <li className="layer-row">
      {isRenaming ? (
        <RenameField
          name={layer.name}
          onFinish={(name) => {
            update({ renamedId: null });
            apply(renameLayer(target, layer, name));
          }}
        />
      ) : (
        <button
          type="button"
          className="item layer-name"
          aria-current={isActive}
          onClick={() => curves.setState({ activeLayerId: layer.id })}
          onDoubleClick={() => update({ renamedId: layer.id })}
          onKeyDown={(event) => {
            const act =
              event.key === 'F2' ? () => update({ renamedId: layer.id }) : event.key === 'Delete' ? () => apply(removeLayer(target, layer)) : undefined;
            if (!act) return;
            event.preventDefault();
            act();
          }}
        >
          <span className="item-name">{layer.name}</span>
          <span className="item-note number">{keyCount === 1 ? '1 key' : `${keyCount} keys`}</span>
        </button>
      )}
      <Hint label={layer.muted ? 'Switch the layer on' : 'Switch the layer off'}>
        <button
          type="button"
          className="lane-badge"
          data-badge="mute"
          aria-label={`Mute ${layer.name}`}
          aria-pressed={layer.muted}
          onClick={() => apply(setLayerMuted(target, layer, !layer.muted))}
        >
          M
        </button>
      </Hint>
    </li>
  );
}
