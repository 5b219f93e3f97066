/** How much of some work is done, 0..1. */
export function ProgressBar({ label, fraction }: { label: string; fraction: number }) {
  const percent = Math.round(100 * Math.min(1, Math.max(0, fraction)));
  return (
    <div className="progress" role="progressbar" aria-label={label} aria-valuenow={percent} aria-valuemin={0} aria-valuemax={100}>
      <div className="progress-bar" style={{ transform: `scaleX(${percent / 100})` }} />
    </div>
  );
}
