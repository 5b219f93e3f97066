"""The model folder of a fine-tuned model: tuned predictors, the base's tokenizers unchanged, a report of what changed.

Decoder and encoder files are copied byte for byte, so codes keep their meaning and projects made with the base can be
re-rolled in part with the new model.
"""

import copy
import hashlib
import json
import shutil
from pathlib import Path

import numpy as np

from .base_model import BaseModel
from .export import check_graph, example_inputs, reference_tensors, stream_graphs, write_graph
from .generate import Generator, clip_features
from .store import Recording, Store
from .style import STYLE_CONTROLS, STYLE_INDEX

GAIN_TRIALS = (0.75, 1.0, 1.35)
GAIN_TAKES = 6
GAIN_SEED = 11


def matching_gain(head: Generator, store: Store, recordings: list[Recording], style: np.ndarray) -> float:
    """Value of `headGain` at which the generated heads spread as much as those of the takes."""
    control = STYLE_CONTROLS[STYLE_INDEX['headGain']]
    chosen = recordings[:: max(1, len(recordings) // GAIN_TAKES)][:GAIN_TAKES]

    def spread(motion: np.ndarray) -> float:
        return float(np.log(np.degrees(motion[:, :3]).std(0) + 1e-3).mean())

    goal = np.mean([spread(store.head[0, r.start : r.start + r.frames]) for r in chosen])
    gains, reached = [], []
    for factor in GAIN_TRIALS:
        tried = style.copy()
        tried[STYLE_INDEX['headGain']] = np.clip(factor * style[STYLE_INDEX['headGain']], control.minimum, control.maximum)
        gains.append(float(tried[STYLE_INDEX['headGain']]))
        reached.append(np.mean([spread(head.motion(clip_features(store, r), tried, GAIN_SEED + n)) for n, r in enumerate(chosen)]))
    order = np.argsort(reached)
    return round(float(np.exp(np.interp(goal, np.array(reached)[order], np.log(np.array(gains)[order])))), 2)


def write_model_folder(base: BaseModel, tuned: dict[str, Generator], out: Path, identifier: str, head_gain: float | None,
                       training: dict, report: dict) -> None:  # fmt: skip
    """The base's folder with the tuned predictors, its own id, attribution, style default and report in their places."""
    out.mkdir(parents=True, exist_ok=True)
    manifest = copy.deepcopy(base.manifest)
    reference = json.loads((base.folder / base.manifest['reference']).read_text(encoding='utf-8'))
    for entry in manifest['streams'].values():
        for kind in ('predictor', 'decoder', 'encoder'):
            shutil.copyfile(base.folder / entry[kind]['file'], out / entry[kind]['file'])
    for stream, generator in tuned.items():
        networks = generator.tokenizer, generator.predictor
        wide = stream_graphs(stream, *networks, example_inputs(*networks, 2, 8, 1))
        small = stream_graphs(stream, *networks, example_inputs(*networks, 1, 5, 2))
        graph = wide['predictor']
        write_graph(graph, out)
        check_graph(graph, out)
        check_graph(small['predictor'], out)
        reference[stream] = reference_tensors({stream: small}, out)[stream]
        manifest['streams'][stream]['predictor']['sha256'] = hashlib.sha256((out / graph.file).read_bytes()).hexdigest()
    manifest['id'] = identifier
    own = f'Fine-tuned on {report["takes"]} captured takes of the studio that made this folder.'
    manifest['attribution'] = [*manifest['attribution'], own]
    if head_gain is not None:
        manifest['style'][STYLE_INDEX['headGain']]['default'] = head_gain
    manifest['training'] = training
    manifest['metrics'] = {'finetune': report['summary']}
    (out / 'finetune.json').write_text(json.dumps(report, indent=2) + '\n', encoding='utf-8')
    (out / manifest['reference']).write_text(json.dumps(reference) + '\n', encoding='utf-8')
    (out / 'manifest.json').write_text(json.dumps(manifest, indent=2) + '\n', encoding='utf-8')


