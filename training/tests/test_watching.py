import json
import sys
from pathlib import Path

import numpy as np
import pytest

import wrinkle_rule
from vividtalker.face import MOUTH_INDEX, zero_motion
from vividtalker.report_watching import watching_lines

DIFFERENCE = {'insideShare': 0.987, 'regionShare': 0.2, 'meanInside': 1.5, 'meanOutside': 0.01, 'largestOutside': 40}


def test_lines_show_pictures_numbers_and_observations(tmp_path: Path) -> None:
    report = {
        'clips': [{
            'id': 'a', 'who': 'a man', 'text': 'Hello.', 'image': 'watching-a.jpg', 'observation': 'Lips meet.',
            'differences': {'rule': DIFFERENCE, 'predicted': {**DIFFERENCE, 'insideShare': 1}},
        }],
        'wrinkles': [{
            'name': 'chin', 'correlation': None, 'meanPredicted': 0.1, 'meanRule': 0.2, 'fastestPredicted': 0.3, 'fastestRule': 0.4,
        }],
        'overall': 'Good enough.', 'areObservationsCurrent': True,
    }  # fmt: skip
    pictures = tmp_path / 'docs/images'
    pictures.mkdir(parents=True)
    (pictures / 'watching.json').write_text(json.dumps(report))
    lines = watching_lines(pictures / 'watching.json', tmp_path / 'docs')
    assert '![a man: "Hello."](images/watching-a.jpg)' in lines
    assert '*a man: "Hello."* Lips meet.' in lines
    assert '| a | rule | 98.7 | 20.0 | 1.5 | 0.01 | 40 |' in lines
    assert '| a | predicted | 100.0 | 20.0 | 1.5 | 0.01 | 40 |' in lines
    assert '| chin | - | 0.1 | 0.2 | 0.3 | 0.4 |' in lines
    assert 'Good enough.' in lines
    assert not any('earlier models' in line for line in lines)
    (pictures / 'watching.json').write_text(json.dumps({**report, 'areObservationsCurrent': False}))
    assert any('earlier models' in line for line in watching_lines(pictures / 'watching.json', tmp_path / 'docs'))


def test_rule_is_applied_clip_by_clip(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    smile = zero_motion(3)
    for side in ('Left', 'Right'):
        smile[:, MOUTH_INDEX[f'mouthSmile{side}']] = 0.5
    (tmp_path / 'mouth.json').write_text(json.dumps([smile.tolist(), zero_motion(2).tolist()]))
    monkeypatch.setattr(sys, 'argv', ['wrinkle_rule.py', str(tmp_path / 'mouth.json'), str(tmp_path / 'rule.json')])
    wrinkle_rule.main()
    first, second = (np.asarray(clip) for clip in json.loads((tmp_path / 'rule.json').read_text()))
    assert first.shape == (3, 14) and second.shape == (2, 14)
    assert first.max() > 0.5 and second.max() == 0
