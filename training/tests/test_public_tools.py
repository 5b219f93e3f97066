"""Mappings, cache and table of the tool comparison; no tool, network or corpus is needed."""

import numpy as np
import pytest

from public_tools import headaudio_mouth, nine_shapes, pylipsync_mouth, rms_mouth
from public_tools.curve_cache import Job, curves_of, job_key
from public_tools.recognised_phones import phones_of_segments
from public_tools.registry import TOOLS
from public_tools.visemes import VISEME_RECIPES, curve_of, curve_of_visemes, row_count
from vividtalker.corpus import Utterance
from vividtalker.face import LABIODENTAL, MOUTH_INDEX, SEAL, zero_motion
from vividtalker.metrics_mouth import lip_gap_mm, tooth_gap_mm
from vividtalker.phones import PHONES, Phone
from vividtalker.tool_comparison import OURS, Clip, better_than_ours, joined, measure, tool_table


def _shape(viseme: str, weight: float = 1.0) -> np.ndarray:
    return curve_of_visemes({viseme: np.full(1, weight)}, 1)


@pytest.mark.parametrize('viseme', VISEME_RECIPES)
def test_only_rest_and_pp_shut_the_lips(viseme: str) -> None:
    for weight in (0.65, 1.0):
        gap = lip_gap_mm(_shape(viseme, weight))[0]
        assert gap == 0 if viseme in ('sil', 'PP') else gap > 1
    assert _shape(viseme)[0, [SEAL, LABIODENTAL]].sum() == 0


def test_ff_touches_the_teeth_with_lips_apart() -> None:
    curve = _shape('FF')
    assert tooth_gap_mm(curve)[0] <= 0
    assert lip_gap_mm(curve)[0] > 1.5
    assert tooth_gap_mm(_shape('aa'))[0] > 3


def test_visemes_add_up_and_names_without_side_set_both() -> None:
    half = {'aa': np.full(2, 0.5), 'PP': np.full(2, 0.5)}
    curve = curve_of_visemes(half, 2)
    assert curve[0, MOUTH_INDEX['jawOpen']] == pytest.approx(0.5 * (0.35 + 0.06))
    both = curve_of({'mouthPress': np.full(1, 0.3), 'eyeBlinkLeft': np.ones(1)}, 1)
    assert both[0, MOUTH_INDEX['mouthPressLeft']] == both[0, MOUTH_INDEX['mouthPressRight']] == pytest.approx(0.3)
    assert both.sum() == pytest.approx(0.6)


def test_tables_cover_what_the_tools_say() -> None:
    assert set(headaudio_mouth.VISEMES) == set(VISEME_RECIPES)
    assert set(pylipsync_mouth.PHONEME_VISEME.values()) <= set(VISEME_RECIPES)
    said = [phone for phones in nine_shapes.SHAPE_PHONES.values() for phone in phones]
    assert sorted(said) == sorted(PHONES)
    assert set(nine_shapes.SHAPE_VISEME) == set(nine_shapes.SHAPE_PHONES)


def test_nine_shapes_shut_for_a_short_p_and_touch_for_f() -> None:
    phones = [Phone('AA', 0, 0.3), Phone('P', 0.3, 0.34), Phone('AA', 0.34, 0.7), Phone('F', 0.7, 0.8), Phone('AA', 0.8, 1.1)]
    curve = nine_shapes.run_on_phones(phones, 16000)
    gap = lip_gap_mm(curve)
    assert gap.shape == (60,)
    assert gap[18:21].min() < 0.1
    assert gap[5:15].min() > 8 and gap[27:38].min() > 8
    assert tooth_gap_mm(curve)[44:47].min() <= 0 < gap[44:47].min()


def test_nine_shapes_keep_the_last_shape_in_a_short_pause() -> None:
    phones = [Phone('AA', 0, 0.4), Phone('SIL', 0.4, 0.5), Phone('AA', 0.5, 0.8), Phone('SIL', 0.8, 2.0)]
    gap = lip_gap_mm(nine_shapes.run_on_phones(phones, 32000))
    assert gap[24:30].min() > 8
    assert gap[55:].max() == 0


def test_recognised_segments_become_phones() -> None:
    phones = phones_of_segments([('SIL', 0, 9), ('P', 10, 14), ('+NSN+', 15, 20)])
    assert [phone.name for phone in phones] == ['SIL', 'P', 'SIL']
    assert (phones[1].start, phones[1].end) == (0.1, 0.15)


def test_rms_mouth_opens_with_the_level() -> None:
    samples = np.random.default_rng(0).normal(size=32000) * np.repeat([0.001, 0.1], 16000)
    gap = lip_gap_mm(rms_mouth.run(samples))
    assert len(gap) == row_count(32000) == 120
    assert gap[:55].max() < 1 < 8 < gap[65:115].min()


def test_cache_runs_each_clip_once_and_tells_clips_apart(tmp_path) -> None:
    ran: list[list[str]] = []

    def worker(python, tool, jobs, folder):
        ran.append(sorted(jobs))
        for name, job in jobs.items():
            np.save(folder / f'{name}.npy', np.full((2, 58), len(job.samples), np.float32))
        return 1.0, 1.0

    jobs = [Job(np.zeros(10)), Job(np.zeros(20))]
    for _ in range(2):
        curves = curves_of('rms', jobs, tmp_path, 'python', worker)
        assert [curve[0, 0] for curve in curves] == [10, 20]
    curves_of('rms', [*jobs, Job(np.ones(10))], tmp_path, 'python', worker)
    assert [len(names) for names in ran] == [2, 1]
    spoken = Job(np.zeros(10), [Phone('P', 0, 1)])
    assert job_key('rms', jobs[0]) == job_key('rms', spoken)
    assert job_key('openfacefx-known', jobs[0]) != job_key('openfacefx-known', spoken)
    assert job_key('rms', jobs[0]) != job_key('pylipsync', jobs[0])


def _clip(source: str, rng: np.random.Generator) -> Clip:
    phones = [Phone('SIL', 0, 0.5)]
    for number in range(4):
        at = 0.5 + 0.5 * number
        phones += [Phone('AA', at, at + 0.2), Phone('P', at + 0.2, at + 0.3), Phone('AE', at + 0.3, at + 0.5)]
    phones.append(Phone('SIL', 2.5, 3.0))
    samples = rng.normal(size=48000) * 0.05
    tracked = {'opening': np.abs(np.sin(np.arange(75) / 3))} if source == 'grid' else {}
    utterance = Utterance(f'{source}-{samples[0]}', source, 'test', 'a', None, phones, 1.0, tracked, group='adult')
    return Clip(utterance, Job(samples, phones), rng.normal(size=180), None)


def _result() -> dict:
    rng = np.random.default_rng(1)
    sources = {'talkers': 'speechocean', 'voices': 'kokoro', 'grid': 'grid'}
    clips = {name: [_clip(source, rng) for _ in range(2)] for name, source in sources.items()}

    def good(jobs: list[Job]) -> list[np.ndarray]:
        return [nine_shapes.run_on_phones(job.phones, len(job.samples)) for job in jobs]

    def level(jobs: list[Job]) -> list[np.ndarray]:
        return [rms_mouth.run(job.samples) for job in jobs]

    def still(jobs: list[Job]) -> list[np.ndarray]:
        return [zero_motion(row_count(len(job.samples))) for job in jobs]

    rows = {}
    for name, label, hears, make in (
        (OURS, 'our model', 'sound', good), ('rms', 'RMS mouth', 'sound', level), ('still', 'still', 'sound', still),
        ('known', 'known phones', 'phones', good),
    ):  # fmt: skip
        rows[name] = {'label': label, 'version': '1', 'licence': 'MIT', 'hears': hears, **measure(make, clips, 1, 3)}
        rows[name]['speed'] = {'timesRealTime': {OURS: 50.0, 'rms': 700.0}.get(name, 10.0)}
    counts = {name: {'clips': 2, 'bilabials': 8} for name in clips}
    return {
        'part': 'test', 'tools': rows, 'counts': {**counts, 'noisy': {'clips': 2}}, 'cpu': 'some processor', 'speedSeconds': 60.0,
        'betterThanOurs': better_than_ours(rows),
    }  # fmt: skip


def test_comparison_measures_and_names_who_is_ahead() -> None:
    result = _result()
    ours, rms = result['tools'][OURS], result['tools']['rms']
    assert ours['talkers']['closedPercent'] == 100 and ours['talkers']['bilabials'] == 8
    assert rms['talkers']['closedPercent'] < 100
    assert ours['groups'].keys() == {'adult'}
    assert ours['pinkNoise10Db']['cleanCorrelation'] == pytest.approx(1)
    assert result['tools']['still']['pinkNoise10Db']['cleanCorrelation'] == 0
    assert result['betterThanOurs']['speed'] == ['RMS mouth']
    assert result['betterThanOurs']['closures, real talkers'] == []


def test_table_has_a_row_per_tool_and_says_where_we_are_behind() -> None:
    result = _result()
    lines = tool_table(result)
    rows = [line for line in lines if line.startswith('| ')]
    assert len(rows) == 1 + len(result['tools'])
    assert len({line.count('|') for line in [*rows, lines[1]]}) == 1
    assert rows[1].startswith('| our model | sound | 100 (')
    text = '\n'.join(lines)
    assert 'speed: RMS mouth' in text and 'some processor' in text and '2 real talkers with 8 p b m' in text
    assert 'known phones' not in text.split('Ahead of our model')[1]


def test_joined_clips_shift_their_phones() -> None:
    rng = np.random.default_rng(2)
    clips = [_clip('speechocean', rng) for _ in range(3)]
    job = joined(clips, seconds=5)
    assert len(job.samples) == 96000
    assert job.phones[len(clips[0].job.phones)].start == pytest.approx(3.0)


def test_every_tool_names_version_and_licence() -> None:
    assert all(tool.version and tool.licence and tool.hears in ('sound', 'phones') for tool in TOOLS.values())
