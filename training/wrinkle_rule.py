"""Applies the strain rule to decoded mouth streams: `wrinkle_rule.py mouth.json rule.json`.

In: a list of clips, each [frames, 58] at 30 fps; out: the same clips, [frames, 14] wrinkle weights without phrase-level effort.
Used by tools/evaluation/render-clips.mjs, which compares rule and network in pictures.
"""

import argparse
import json
from pathlib import Path

import numpy as np

from vividtalker.detail import wrinkle_weights


def main() -> None:
    """Reads, applies and writes."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument('mouth', type=Path)
    parser.add_argument('rule', type=Path)
    arguments = parser.parse_args()
    clips = json.loads(arguments.mouth.read_text())
    weights = [wrinkle_weights(np.asarray(clip, np.float32)).round(5).tolist() for clip in clips]
    arguments.rule.write_text(json.dumps(weights))


if __name__ == '__main__':
    main()
