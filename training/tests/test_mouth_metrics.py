import numpy as np

from vividtalker.evaluation_worst import failures
from vividtalker.face import MOUTH_INDEX, zero_motion
from vividtalker.metrics_mouth import Tally, add_clip, curve_at_60, lip_gap_mm, summarise, tooth_gap_mm
from vividtalker.phones import Phone
from vividtalker.report_marks import Mark

NAMES = ('SIL', 'AA', 'B', 'AE', 'F', 'EH', 'SIL')


def phones() -> list[Phone]:
    lengths = {'SIL': 0.6, 'B': 0.08, 'F': 0.1}
    result, time = [], 0.0
    for name in NAMES:
        end = time + lengths.get(name, 0.2)
        result.append(Phone(name, time, end))
        time = end
    return result


def talking(closed: bool, tooth: bool = True, opening: float = 0.25) -> tuple[np.ndarray, np.ndarray]:
    """Curve at 60 Hz and level: open in speech, shut at B when `closed`, lip on teeth at F when `tooth`."""
    motion = zero_motion(66)
    frames = lambda phone: slice(round(phone.start * 30) + 1, round(phone.end * 30))  # noqa: E731
    spoken = phones()
    motion[slice(18, 45), MOUTH_INDEX['jawOpen']] = opening
    motion[frames(spoken[2]), MOUTH_INDEX['seal']] = closed
    motion[frames(spoken[4]), MOUTH_INDEX['labiodental']] = tooth
    level = np.full(132, -1.0)
    level[36:90] = 1.0
    return curve_at_60(motion), level


def measured(curve: np.ndarray, level: np.ndarray, reference: np.ndarray | None = None) -> dict:
    tally = Tally()
    add_clip(tally, curve, phones(), level, None, reference)
    return summarise(tally)


def test_a_closed_bilabial_counts_and_an_open_one_does_not() -> None:
    shut, level = talking(closed=True)
    result = measured(shut, level, reference=shut)
    assert (result['closedPercent'], result['metPercent'], result['absOffsetMs']) == (100, 100, 0)
    opened, _ = talking(closed=False)
    result = measured(opened, level, reference=shut)
    assert (result['closedPercent'], result['metPercent']) == (0, 0)


def test_tooth_contact_keeps_the_lips_apart() -> None:
    curve, level = talking(closed=True)
    result = measured(curve, level)
    assert (result['toothPercent'], result['toothSealedPercent']) == (100, 0)
    middle = round((phones()[4].start + phones()[4].end) / 2 * 60)
    assert 1.2 < lip_gap_mm(curve)[middle] < 4
    assert tooth_gap_mm(curve)[middle] < 1.0
    without, _ = talking(closed=True, tooth=False)
    assert measured(without, level)['toothPercent'] == 0


def test_a_shut_vowel_is_a_false_closure() -> None:
    curve, level = talking(closed=True)
    assert measured(curve, level)['falsePercent'] == 0
    shut = zero_motion(132).astype(float)
    shut[:20, MOUTH_INDEX['jawOpen']] = 0.3
    assert measured(shut, level)['falsePercent'] == 100


def test_failures_name_the_phone_and_its_neighbours() -> None:
    opened, level = talking(closed=False)
    found = failures(opened, phones(), level)
    assert [failure.phone.name for failure in found] == ['B']
    assert 'AA-**B**-AE' in found[0].words()
    shut, _ = talking(closed=True)
    assert failures(shut, phones(), level) == []


def test_marks_say_by_how_much_they_are_missed() -> None:
    assert Mark('closed', 'x', 78.5, low=80).missed_by == 1.5
    assert Mark('false', 'x', 1.2, high=1).missed_by == 0.2
    assert Mark('d', 'x', 2.0, 1.5, 4).missed_by == 0
    assert 'not measured' in Mark('d', 'x', None, 1.5, 4).row()[-1]
