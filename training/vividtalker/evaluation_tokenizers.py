"""E1: reconstruction by the tokenizers on held-out voices, and closures of the decoded teacher motion."""

import numpy as np
import torch

from .corpus import Utterance
from .face import MOUTH_INDEX
from .features import LOG_RMS
from .generate import clip_features
from .losses import lip_gap
from .metrics_mouth import Tally, add_clip, curve_at_60, summarise
from .store import Recording, Store
from .tokenizer import Tokenizer

_SHOWN = ('jawOpen', 'mouthClose', 'mouthPucker', 'mouthFunnel', 'mouthStretchLeft', 'mouthLowerDownLeft', 'browInnerUp',
          'tongueOut', 'nasolabialL', 'chin')  # fmt: skip
CLIPS = 60


def code_use(codes: np.ndarray) -> list[dict[str, float]]:
    """Codes used and perplexity per group of codes [N, G]."""
    result = []
    for column in codes.T:
        share = np.bincount(column) / len(column)
        share = share[share > 0]
        result.append({'used': len(share), 'perplexity': round(float(np.exp(-(share * np.log(share)).sum())), 1)})
    return result


def reconstruct(tokenizer: Tokenizer, motion: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    """Decoded motion [frames, C] and codes [tokens, G]."""
    with torch.no_grad():
        codes = tokenizer.encode(torch.from_numpy(motion[None]))
        return tokenizer.decode(codes).numpy()[0], codes.numpy()[0]


def _pairs(tokenizer: Tokenizer, motion: np.ndarray, recordings: list[Recording]) -> tuple[list, list, np.ndarray]:
    originals, decoded, codes = [], [], []
    for recording in recordings:
        original = np.array(motion[recording.start : recording.start + recording.frames], np.float32)
        output, used = reconstruct(tokenizer, original)
        originals.append(original)
        decoded.append(output)
        codes.append(used)
    return originals, decoded, np.concatenate(codes)


def evaluate_tokenizers(store: Store, utterances: dict[str, Utterance], tokenizers: dict[str, Tokenizer]) -> dict:
    """RMSE per axis, velocity ratio, code use; closure rates of the decoded teacher against the teacher."""
    recordings = store.select('test', ('kokoro',))[:CLIPS]
    heads, decoded_heads, head_codes = _pairs(tokenizers['head'], store.head[0], recordings)
    error = np.concatenate(decoded_heads)[:, :3] - np.concatenate(heads)[:, :3]
    velocity = [np.concatenate([np.diff(x[:, :3], axis=0) for x in group]).std(0) for group in (decoded_heads, heads)]
    mouths, decoded_mouths, mouth_codes = _pairs(tokenizers['mouth'], store.mouth[0], recordings)
    mouth_error = np.concatenate(decoded_mouths) - np.concatenate(mouths)
    gap_error = lip_gap(torch.from_numpy(mouth_error)).numpy()
    tallies = {'teacher': Tally(), 'decoded': Tally()}
    for recording, original, output in zip(recordings, mouths, decoded_mouths, strict=True):
        level = clip_features(store, recording)[:, LOG_RMS]
        phones = utterances[recording.name].phones
        add_clip(tallies['teacher'], curve_at_60(original), phones, level)
        add_clip(tallies['decoded'], curve_at_60(np.clip(output, 0, 1)), phones, level)
    rounded = lambda values, digits: [round(float(v), digits) for v in values]  # noqa: E731
    return {
        'head': {
            'rmseDegrees': rounded(np.degrees(np.sqrt((error**2).mean(0))), 3),
            'velocityRatio': rounded(velocity[0] / velocity[1], 3),
            'codes': code_use(head_codes),
        },
        'mouth': {
            'rmse': {name: round(float(np.sqrt((mouth_error[:, MOUTH_INDEX[name]] ** 2).mean())), 4) for name in _SHOWN},
            'gapRmseMm': round(float(33.8 * np.sqrt((gap_error**2).mean())), 2),
            'codes': code_use(mouth_codes),
            'closure': {name: summarise(tally) for name, tally in tallies.items()},
        },
    }  # fmt: skip
