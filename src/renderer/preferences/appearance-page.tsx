import { usePreferences, useStudio } from '../session/studio-context';
import { Segmented } from '../ui/segmented';
import { type Preferences, SCALE_PERCENTS, type Theme } from '../workspace/preferences-store';

const THEME_OPTIONS: readonly { readonly value: Theme; readonly label: string }[] = [
  { value: 'dark', label: 'Dark' },
  { value: 'light', label: 'Light' },
  { value: 'contrast', label: 'High contrast' },
];
const MOTION_OPTIONS: readonly { readonly value: Preferences['motion']; readonly label: string }[] = [
  { value: 'system', label: 'As the system' },
  { value: 'reduced', label: 'Reduced' },
  { value: 'full', label: 'Full' },
];

/** Theme, size and motion of the studio. */
export function AppearancePage() {
  const { preferences } = useStudio();
  const { theme, scalePercent, motion } = usePreferences((state) => state);
  return (
    <div className="preferences-page">
      <div className="form-row">
        <span>Theme</span>
        <Segmented label="Theme" value={theme} options={THEME_OPTIONS} onChange={(next) => preferences.setState({ theme: next })} />
      </div>
      <label className="form-row">
        <span>Size of the interface</span>
        <select
          className="select-field"
          value={scalePercent}
          onChange={(event) => preferences.setState({ scalePercent: SCALE_PERCENTS.find((percent) => String(percent) === event.currentTarget.value) ?? 100 })}
        >
          {SCALE_PERCENTS.map((percent) => (
            <option key={percent} value={percent}>
              {percent} %
            </option>
          ))}
        </select>
      </label>
      <div className="form-row">
        <span>Motion of the interface</span>
        <Segmented label="Motion of the interface" value={motion} options={MOTION_OPTIONS} onChange={(next) => preferences.setState({ motion: next })} />
      </div>
    </div>
  );
}
