"""The networks that judge: window encoders for Frechet distances and sync networks, trained on teacher motion of training takes."""

from dataclasses import dataclass
from pathlib import Path

import numpy as np
import torch

from .contact import apply_contact
from .experiment_data import ExperimentTake, experiment_takes
from .face import LABIODENTAL, SEAL
from .frechet import WindowEncoder, bootstrapped_distance, motion_windows, train_encoder
from .sync_network import SyncNetwork, sync_clip, sync_scores, train_sync_network

SYNC_SEEDS = (1, 2, 3)
KINDS = ('head', 'headVelocity', 'mouth', 'mouthVelocity')


def shown(motion: np.ndarray, kind: str) -> np.ndarray:
    """Values whose distribution is compared: head in degrees, or expression and detail with contact applied."""
    if kind.startswith('head'):
        return np.degrees(motion[:, :3])
    return np.delete(apply_contact(motion), (SEAL, LABIODENTAL), axis=1)


def windows_of(motions: list[np.ndarray], kind: str) -> np.ndarray:
    """Windows [N, size] of one kind from head or mouth motions."""
    return motion_windows([shown(motion, kind) for motion in motions], kind.endswith('Velocity'))


@dataclass
class Judges:
    """Window encoders by kind and sync networks of several seeds."""

    encoders: dict[str, WindowEncoder]
    sync: list[SyncNetwork]

    def distance(self, kind: str, motions: list[np.ndarray], goal: list[np.ndarray], seed: int) -> dict[str, float | int]:
        """Frechet distance of motions to teacher motions."""
        encoder = self.encoders[kind]
        codes = [encoder.code(windows_of(group, kind)) for group in (motions, goal)]
        return bootstrapped_distance(*codes, seed)

    def sync_of(self, mouths: list[np.ndarray], takes: list[ExperimentTake]) -> dict[str, float]:
        """LSE-C, LSE-D and best shift: means over the networks, with the spread of LSE-C over them."""
        clips = [sync_clip(mouth, take.features) for mouth, take in zip(mouths, takes, strict=True)]
        scores = [sync_scores(network, clips) for network in self.sync]
        result = {name: float(np.mean([score[name] for score in scores])) for name in scores[0]}
        return {**result, 'lseCSpread': float(np.std([score['lseC'] for score in scores]))}


def train_judges(takes: list[ExperimentTake], steps: int) -> Judges:
    """Trains all judges on teacher motion of training takes, with their seeds fixed."""
    motions = {'head': [take.head for take in takes], 'mouth': [take.mouth for take in takes]}
    encoders = {}
    for number, kind in enumerate(KINDS):
        encoders[kind] = train_encoder(windows_of(motions[kind.removesuffix('Velocity')], kind), number + 1, steps)
    clips = [sync_clip(take.mouth, take.features) for take in takes]
    return Judges(encoders, [train_sync_network(clips, seed, steps) for seed in SYNC_SEEDS])


def load_judges(data: Path, path: Path, steps: int) -> Judges:
    """The judges of an experiment folder, trained on first use."""
    if path.exists():
        state = torch.load(path, map_location='cpu', weights_only=True)
        encoders = {}
        for kind, weights in state['encoders'].items():
            encoders[kind] = WindowEncoder(len(weights['mean'])).requires_grad_(False).eval()
            encoders[kind].load_state_dict(weights)
        sync = [SyncNetwork().requires_grad_(False).eval() for _ in state['sync']]
        for network, weights in zip(sync, state['sync'], strict=True):
            network.load_state_dict(weights)
        return Judges(encoders, sync)
    judges = train_judges(experiment_takes(data, 'train'), steps)
    encoders = {kind: encoder.state_dict() for kind, encoder in judges.encoders.items()}
    partial = path.with_suffix('.partial')
    torch.save({'encoders': encoders, 'sync': [network.state_dict() for network in judges.sync]}, partial)
    partial.replace(path)
    return judges
