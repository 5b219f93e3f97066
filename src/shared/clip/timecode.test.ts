import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { formatTimecode, parseTimecode, secondsAtTimecode, TIMECODE_FORMATS, timecodeAt, timecodeFrameAt } from './timecode';

const format = fc.constantFrom(...TIMECODE_FORMATS);

describe('timecode', () => {
  test('drop-frame leaves out the first two numbers of each minute but every tenth', () => {
    expect(formatTimecode('29.97 DF', 1799)).toBe('00:00:59;29');
    expect(formatTimecode('29.97 DF', 1800)).toBe('00:01:00;02');
    expect(formatTimecode('29.97 DF', 17981)).toBe('00:09:59;29');
    expect(formatTimecode('29.97 DF', 17982)).toBe('00:10:00;00');
    expect(parseTimecode('29.97 DF', '00:01:00;00')).toBeNull();
    expect(parseTimecode('29.97 DF', '00:10:00;00')).toBe(17982);
    expect(formatTimecode('29.97 NDF', 1800)).toBe('00:01:00:00');
  });

  test('after an hour drop-frame agrees with the clock to a tenth of a second, non-drop is 3.6 s behind', () => {
    expect(timecodeAt({ format: '29.97 DF', startFrame: 0 }, 3600.01)).toBe('01:00:00;00');
    expect(timecodeAt({ format: '29.97 NDF', startFrame: 0 }, 3600.01)).toBe('00:59:56:12');
  });

  test('what is shown names the frame it was made from, and each frame has a label of its own', () => {
    fc.assert(
      fc.property(format, fc.nat(2_589_407), (kind, frame) => {
        expect(parseTimecode(kind, formatTimecode(kind, frame % (86_400 * 24)))).toBe(frame % (86_400 * 24));
        expect(formatTimecode(kind, frame + 1)).not.toBe(formatTimecode(kind, frame));
      }),
    );
  });

  test('the time of a frame lies in that frame, with any start', () => {
    fc.assert(
      fc.property(format, fc.nat(200_000), fc.nat(100_000), (kind, startFrame, later) => {
        const settings = { format: kind, startFrame };
        expect(timecodeFrameAt(settings, secondsAtTimecode(settings, startFrame + later))).toBe(startFrame + later);
      }),
    );
  });

  test('typed short or with digits alone; what is no timecode is refused', () => {
    expect(parseTimecode('25', '2:14')).toBe(64);
    expect(parseTimecode('25', '01.00.00.00')).toBe(90_000);
    expect(parseTimecode('30', '10002')).toBe(1802);
    for (const wrong of ['', 'soon', '1:2:3:4:5', '00:61:00:00', '00:00:00:25', '24:00:00:00', '-1']) expect(parseTimecode('25', wrong), wrong).toBeNull();
  });
});
