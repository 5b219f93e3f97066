import { Tooltip } from 'radix-ui';
import { useStore } from 'zustand';
import type { Stream, StreamId } from '../../shared/clip/clip-schema';
import { codesOfToken, confidenceOfToken, findToken, framesOfTokens } from '../../shared/clip/code-cells';
import { formatRange } from '../document/describe';
import { codebookOf } from '../session/chosen-model';
import { useChosenModel, useStudio } from '../session/studio-context';
import type { CodePlace } from '../workspace/codes-store';
import type { StripBox } from './code-rows';

interface CodeTipProps {
  readonly streamId: StreamId;
  readonly stream: Stream;
  readonly place: CodePlace;
  readonly box: StripBox;
}

/** What is known of the cell under the pointer: number, time, code and confidence of each group, and in a walk through nearest codes how far it has come. */
export function CodeTip({ streamId, stream, place, box }: CodeTipProps) {
  const { info: model } = useChosenModel();
  const walk = useStore(useStudio().codes, (state) => state.walk);
  const codes = codesOfToken(stream, place.token);
  const confidences = confidenceOfToken(stream, place.token);
  const { names } = codebookOf(model, streamId, stream.groupSizes);
  const groups = codes.map((_, group) => group).slice(place.firstGroup, place.lastGroup + 1);
  const isWalk =
    walk?.streamId === streamId && walk.place.token === place.token && walk.place.firstGroup === place.firstGroup && walk.place.lastGroup === place.lastGroup;
  const isByHand = findToken(stream, place.token)?.segment.provenance.kind === 'swapped';
  return (
    <Tooltip.Root key={`${place.token}:${place.firstGroup}`} open>
      <Tooltip.Trigger asChild>
        <span className="code-hover" style={box} />
      </Tooltip.Trigger>
      <Tooltip.Portal>
        <Tooltip.Content className="tooltip code-tip number" side="top" sideOffset={4} collisionPadding={8}>
          <b>
            {place.token + 1} <span>{formatRange(framesOfTokens(stream, place.token, place.token + 1))}</span>
          </b>
          <dl>
            {groups.map((group) => (
              <div key={group}>
                <dt>{names[group]}</dt>
                <dd>{codes[group]}</dd>
                <dd>{isByHand && confidences[group] === 1 ? 'by hand' : `${formatPercent(confidences[group] ?? 0)} sure`}</dd>
              </div>
            ))}
          </dl>
          {isWalk ? (
            <span className="code-tip-walk">
              {walk.rank === 0 ? 'as it was' : `nearest ${walk.rank} of ${walk.near.length - 1}, distance ${(walk.near[walk.rank]?.distance ?? 0).toFixed(2)}`}
            </span>
          ) : null}
        </Tooltip.Content>
      </Tooltip.Portal>
    </Tooltip.Root>
  );
}

function formatPercent(share: number): string {
  return `${(100 * share).toFixed(share < 0.1 ? 1 : 0)} %`;
}
