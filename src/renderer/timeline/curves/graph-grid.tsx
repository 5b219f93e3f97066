import { DEGREES_PER_UNIT } from '../../document/keys';
import { RULER_HEIGHT } from '../lane-layout';
import { type GraphScale, gridValues, yOfUnits } from './graph-scale';

/** Lines of equal value: weights and amounts at the left, degrees of the head at the right. */
export function GraphGrid({ graph, width, showsDegrees }: { graph: GraphScale; width: number; showsDegrees: boolean }) {
  return gridValues(graph).map((value) => {
    const y = RULER_HEIGHT + yOfUnits(graph, value);
    return (
      <g key={value.toFixed(3)} className="graph-line" data-zero={Math.abs(value) < 1e-9}>
        <line x1={0} x2={width} y1={y} y2={y} />
        <text x={5} y={y - 3}>
          {Number(value.toFixed(2))}
        </text>
        {showsDegrees ? (
          <text x={width - 5} y={y - 3} textAnchor="end">
            {Number((value * DEGREES_PER_UNIT).toFixed(1))}°
          </text>
        ) : null}
      </g>
    );
  });
}
