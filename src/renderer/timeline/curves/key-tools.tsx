import { Trash2 } from 'lucide-react';
import type { Tangent } from '../../../shared/clip/clip-schema';
import { curveOf } from '../../document/curves';
import { countKeys, deleteSelectedKeys, selectedKeys, setSelectedTangents } from '../../session/actions/edit-keys';
import { useCurves, useShownTake, useStudio } from '../../session/studio-context';
import { IconButton } from '../../ui/button';
import { Segmented } from '../../ui/segmented';

const TANGENTS: readonly { readonly value: Tangent; readonly label: string }[] = [
  { value: 'auto', label: 'Auto' },
  { value: 'flat', label: 'Flat' },
  { value: 'linear', label: 'Linear' },
  { value: 'step', label: 'Step' },
  { value: 'free', label: 'Free' },
];

/** What can be done with the selected keys. */
export function KeyTools() {
  const studio = useStudio();
  const take = useShownTake();
  useCurves((curves) => curves.selectedKeys);
  const places = selectedKeys(studio);
  if (!take || places.length === 0) return null;
  const tangents = new Set(places.map(({ curveId, frame }) => curveOf(take, curveId)?.keys.find((key) => key.frame === frame)?.tangent ?? 'linear'));
  const [tangent = null] = tangents.size === 1 ? tangents : [];
  return (
    <div
      className="key-tools"
      role="toolbar"
      aria-label="Selected keys"
      onPointerDown={(event) => event.stopPropagation()}
      onDoubleClick={(event) => event.stopPropagation()}
    >
      <span className="number">{countKeys(places.length)}</span>
      <Segmented label="Tangents" value={tangent} options={TANGENTS} onChange={(chosen) => setSelectedTangents(studio, chosen)} />
      <IconButton label="Delete keys" keys="Delete" icon={<Trash2 size={14} />} onClick={() => deleteSelectedKeys(studio)} />
    </div>
  );
}
