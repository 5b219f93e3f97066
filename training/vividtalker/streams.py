"""Motion streams: channels, code groups, scaling and style of 'head', 'mouth', and 'joint' (both in one, for experiments)."""

import numpy as np
import torch

from .face import LABIODENTAL, MOUTH_CHANNELS, MOUTH_GROUPS, SEAL, channel_indices
from .store import Recording, Store
from .style import stream_mask

HEAD_SCALE = (5.73, 5.73, 5.73, 1.0, 1.0, 1.0)  # radians -> degrees / 10; centimetres
MOUTH_SCALE = 4.0
MOUTH_COUNT = len(MOUTH_CHANNELS)
CHANNEL_COUNT = {'head': 6, 'mouth': MOUTH_COUNT, 'joint': MOUTH_COUNT + 6}


def channel_scale(stream: str) -> torch.Tensor:
    """Factor from document units to network units per channel."""
    head, mouth = torch.tensor(HEAD_SCALE), torch.full((MOUTH_COUNT,), MOUTH_SCALE)
    return {'head': head, 'mouth': mouth, 'joint': torch.cat((mouth, head))}[stream]


def channel_groups(stream: str, merged: bool, contact_group: bool, group_count: int) -> list[list[int]]:
    """Channels of each autoencoder; the two contact channels are left out where they are coded as a group of their own.

    The head is coded as a whole, or with one group per rotation axis and a shift that follows from the rotation.
    """
    if stream == 'head':
        return [[0], [1], [2]] if group_count == 3 and not merged else [list(range(6))]
    if not merged:
        return [channel_indices(names) for names in MOUTH_GROUPS.values()]
    contact = {SEAL, LABIODENTAL} if contact_group else set()
    return [[channel for channel in range(CHANNEL_COUNT[stream]) if channel not in contact]]


def style_mask(stream: str) -> np.ndarray:
    """1 for the style controls that a stream hears; [S] float32."""
    return stream_mask('head') + stream_mask('mouth') if stream == 'joint' else stream_mask(stream)


def stream_motion(store: Store, stream: str, span: slice) -> np.ndarray:
    """Teacher motion of a span of frames; [renditions, frames, C] float32."""
    if stream != 'joint':
        return np.asarray((store.head if stream == 'head' else store.mouth)[:, span], np.float32)
    mouth, head = stream_motion(store, 'mouth', span), stream_motion(store, 'head', span)
    return np.concatenate((mouth[np.arange(len(head)) % len(mouth)], head), -1)


def stream_styles(recording: Recording, stream: str) -> np.ndarray:
    """Raw style of each rendition of a recording; [renditions, S] float32."""
    if stream != 'joint':
        return np.asarray(recording.head_style if stream == 'head' else recording.mouth_style, np.float32)
    mouth, head = stream_styles(recording, 'mouth'), stream_styles(recording, 'head')
    return np.where(stream_mask('head') > 0, head, mouth[np.arange(len(head)) % len(mouth)])
