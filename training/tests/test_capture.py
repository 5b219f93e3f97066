import json
from pathlib import Path

import numpy as np
import pytest
import soundfile

from vividtalker.capture_files import CaptureError, HeadColumns, read_curves_json, read_live_link, timecode_seconds
from vividtalker.captured_takes import read_takes, sealed_intervals
from vividtalker.dominance import DominanceConstants
from vividtalker.face import DETAIL_NAMES, EXPRESSION_NAMES, LABIODENTAL, MOUTH_INDEX, SEAL, zero_motion
from vividtalker.head_teacher import head_stream
from vividtalker.metrics_mouth import curve_at_60, lip_gap_mm
from vividtalker.mouth_teacher import articulate, mouth_motion
from vividtalker.prosody import analyse_prosody
from vividtalker.style import default_style
from vividtalker.synthetic import synthetic_features, synthetic_phones
from vividtalker.synthetic_takes import write_live_link, write_take

SECONDS = 4
FRAMES = 30 * SECONDS
SOUND = 0.1 * np.sin(np.arange(16000 * SECONDS) / 20)


def turning_head() -> np.ndarray:
    """Each angle at its own speed, degrees (pitch, yaw, roll) -> [frames, 6]; mean 0."""
    time = np.arange(FRAMES) / 30
    return head_stream(np.stack([8 * np.sin(3 * time), 5 * np.sin(2 * time + 1), 3 * np.cos(4 * time)], 1))


def opening_mouth() -> np.ndarray:
    mouth = zero_motion(FRAMES)
    mouth[:, MOUTH_INDEX['jawOpen']] = 0.2 + 0.1 * np.sin(np.arange(FRAMES) / 7)
    return mouth


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    write_take(tmp_path, 'line1', SOUND, opening_mouth(), turning_head())
    return tmp_path


def edit_csv(path: Path, change) -> None:
    rows = [line.split(',') for line in path.read_text().splitlines()]
    path.write_text('\n'.join(','.join(row) for row in change(rows)) + '\n')


def test_a_live_link_take_comes_back_with_our_signs(folder: Path) -> None:
    (take,) = read_takes(folder, HeadColumns())
    assert take.mouth.shape == (FRAMES, 58)
    assert np.abs(take.mouth[:, MOUTH_INDEX['jawOpen']] - opening_mouth()[:, MOUTH_INDEX['jawOpen']]).max() < 1e-5
    mean = turning_head()[:, :3].mean(0)
    assert np.degrees(np.abs(take.head[:, :3] - turning_head()[:, :3] + mean).max()) < 0.6
    assert np.abs(take.head[:, 3:]).max() > 0.1
    assert take.weight.all()


def test_columns_are_found_by_name_in_any_order(folder: Path) -> None:
    before = read_takes(folder, HeadColumns())[0]
    edit_csv(folder / 'line1.csv', lambda rows: [[row[0], row[1], *row[:1:-1]] for row in rows])
    assert np.array_equal(read_takes(folder, HeadColumns())[0].mouth, before.mouth)


def test_unit_and_signs_of_the_head_are_settings(folder: Path) -> None:
    plain = read_live_link(folder / 'line1.csv', HeadColumns()).angles
    other = read_live_link(folder / 'line1.csv', HeadColumns('degrees', (1.0, 1.0, 1.0))).angles
    assert np.allclose(np.radians(plain) * (1, -1, 1), other)


def test_a_camera_beside_the_talker_is_no_style(tmp_path: Path) -> None:
    head = turning_head()
    head[:, 1] += 0.5
    write_take(tmp_path, 'a', SOUND, opening_mouth(), head)
    assert np.degrees(np.abs(read_takes(tmp_path, HeadColumns())[0].head[:, 1].mean())) < 1
    assert np.degrees(read_takes(tmp_path, HeadColumns(), keep_offset=True)[0].head[:, 1].mean()) > 20


def test_a_head_that_was_not_tracked_is_none(tmp_path: Path) -> None:
    write_take(tmp_path, 'a', SOUND, opening_mouth(), np.zeros((FRAMES, 6), np.float32))
    assert read_takes(tmp_path, HeadColumns())[0].head is None


def test_rows_of_a_lost_face_are_a_hole_without_weight(folder: Path) -> None:
    edit_csv(folder / 'line1.csv', lambda rows: [*rows[:100], *([row[0], '0', *[''] * 61] for row in rows[100:150]), *rows[150:]])
    take = read_takes(folder, HeadColumns())[0]
    assert 0.7 < take.weight.mean() < 0.9
    assert not take.weight[55:70].any()


def test_timecodes_count_at_60_in_steps_of_two_and_pass_midnight() -> None:
    codes = [f'23:59:59:{frame:02d}.000' for frame in range(0, 60, 2)] + [f'00:00:00:{frame:02d}.500' for frame in range(0, 60, 2)]
    seconds = timecode_seconds(Path('x'), codes)
    assert np.allclose(np.diff(seconds)[:29], 1 / 30)
    assert seconds[-1] == pytest.approx(1 + 58.5 / 60)
    with pytest.raises(CaptureError, match='row 2 has the timecode "soon"'):
        timecode_seconds(Path('x'), ['00:00:00:00.000', 'soon'])
    with pytest.raises(CaptureError, match='does not go on at row 2'):
        timecode_seconds(Path('x'), ['00:00:00:10.000', '00:00:00:09.000'])


def curves_json(names: list[str], columns: np.ndarray, **more: object) -> str:
    return json.dumps({'exportFps': 60, 'facsNames': names, 'weightMat': columns.tolist(), 'numFrames': len(columns), **more})


def test_curves_of_this_studio_and_of_audio2face(tmp_path: Path) -> None:
    weights = np.zeros((240, 66))
    weights[:, EXPRESSION_NAMES.index('jawOpen')] = 0.4
    names = [*EXPRESSION_NAMES, *(f'wrinkle_{name}' for name in DETAIL_NAMES)]
    angles = np.tile([[3.0, -2.0, 1.0]], (240, 1))
    (tmp_path / 'own.json').write_text(curves_json(names, weights, format='vividtalker-curves', headRotation=angles.tolist()))
    own = read_curves_json(tmp_path / 'own.json')
    assert own.times[-1] == pytest.approx(239 / 60)
    assert np.allclose(own.weights[:, EXPRESSION_NAMES.index('jawOpen')], 0.4)
    assert np.allclose(own.angles, angles)
    fewer = [name for name in EXPRESSION_NAMES if name != 'tongueOut']
    (tmp_path / 'a2f.json').write_text(curves_json(fewer, weights[:, :51]))
    assert read_curves_json(tmp_path / 'a2f.json').angles is None


def test_every_bad_take_is_named_with_its_remedy(folder: Path, tmp_path: Path) -> None:
    for name in ('long', 'nan', 'narrow', 'silent', 'words', 'few'):
        write_take(folder, name, SOUND, opening_mouth(), turning_head())
    soundfile.write(folder / 'long.wav', np.zeros(16000 * 9), 16000)
    (folder / 'silent.wav').unlink()
    edit_csv(folder / 'nan.csv', lambda rows: [*rows[:40], [*rows[40][:9], 'nan', *rows[40][10:]], *rows[41:]])
    jaw = (folder / 'narrow.csv').read_text().split(',').index('JawOpen')
    edit_csv(folder / 'narrow.csv', lambda rows: [row[:jaw] + row[jaw + 1 :] for row in rows])
    edit_csv(folder / 'words.csv', lambda rows: [*rows[:40], [*rows[40][:9], 'wide', *rows[40][10:]], *rows[41:]])
    edit_csv(folder / 'few.csv', lambda rows: rows[:10])
    (folder / 'broken.json').write_text('{"facsNames": ')
    (folder / 'take.json').write_text('{"slate": 1}')
    soundfile.write(folder / 'broken.wav', SOUND, 16000)
    with pytest.raises(CaptureError) as failure:
        read_takes(folder, HeadColumns())
    text = str(failure.value)
    for part in (
        'long.csv: the sound lasts 9.00 s, the capture 4.00 s', 'nan.csv: row 40 holds', 'narrow.csv: the columns jawOpen are missing',
        'silent.csv: no sound. Put the recording beside it as silent.wav', 'words.csv: could not convert', 'few.csv: 9 complete rows',
        'broken.json: not a curves file',
    ):  # fmt: skip
        assert part in text
    assert 'take.json' not in text
    assert len(text.splitlines()) == 7


def test_a_folder_without_takes_says_what_belongs_there(tmp_path: Path) -> None:
    with pytest.raises(CaptureError, match='holds no takes. Put pairs like'):
        read_takes(tmp_path, HeadColumns())
    with pytest.raises(CaptureError, match='is not a folder'):
        read_takes(tmp_path / 'nowhere', HeadColumns())


def test_percent_weights_are_refused(folder: Path) -> None:
    edit_csv(folder / 'line1.csv', lambda rows: [rows[0], *([row[0], row[1], *(str(100 * float(v)) for v in row[2:])] for row in rows[1:])])
    with pytest.raises(CaptureError, match='0..1 is expected'):
        read_takes(folder, HeadColumns())


def test_seals_are_found_again_from_the_lips_alone(tmp_path: Path) -> None:
    rng = np.random.default_rng(4)
    phones = synthetic_phones(rng, 8)
    frames = 240
    features = synthetic_features(phones, frames, rng)
    prosody = analyse_prosody(phones, features)
    shape = articulate(phones, frames, prosody, DominanceConstants.load())
    mouth = mouth_motion(shape, prosody, default_style(), rng)
    write_take(tmp_path, 'a', 0.1 * np.sin(np.arange(16000 * 8) / 20), mouth, np.zeros((frames, 6), np.float32))
    found = read_takes(tmp_path, HeadColumns())[0].mouth[:, SEAL] > 0.5
    wanted = mouth[:, SEAL] > 0.5
    assert wanted.sum() > 10
    near = np.convolve(wanted, np.ones(3), 'same') > 0
    assert found[near].sum() > 0.9 * wanted.sum()
    gap = lip_gap_mm(curve_at_60(mouth))
    least = gap.reshape(-1, 2).min(1)
    assert (least[found] <= 0.15 * np.percentile(gap, 95)).all()
    assert found.mean() < 0.25
    assert not read_takes(tmp_path, HeadColumns())[0].mouth[:, LABIODENTAL].any()


def test_lips_that_stay_shut_are_no_closure() -> None:
    times = np.arange(240) / 60
    mouth = zero_motion(240)
    mouth[:120, MOUTH_INDEX['jawOpen']] = 0.3
    mouth[50:56, MOUTH_INDEX['jawOpen']] = 0
    assert sealed_intervals(times, mouth) == [pytest.approx((50 / 60, 55 / 60))]
    mouth[80:86, MOUTH_INDEX['jawOpen']] = 0.02  # a fifteenth: nearly shut, but the lips do not touch
    assert sealed_intervals(times, mouth) == [pytest.approx((50 / 60, 55 / 60))]
    assert sealed_intervals(times, zero_motion(240)) == []


def test_live_link_files_have_the_apps_columns(tmp_path: Path) -> None:
    write_live_link(tmp_path / 'a.csv', opening_mouth(), turning_head())
    header, first, *_ = (tmp_path / 'a.csv').read_text().splitlines()
    assert len(header.split(',')) == len(first.split(',')) == 63
