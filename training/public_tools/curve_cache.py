"""Curves of the tools kept on disk by tool, version, mapping and sound, so that a tool runs once per clip."""

import hashlib
import os
import subprocess
import tempfile
from collections.abc import Callable
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path

import numpy as np

from vividtalker.phones import Phone

from .registry import TOOLS

FOLDER = Path(__file__).parent
Worker = Callable[[str, str, dict[str, 'Job'], Path], tuple[float, float]]
_ONE_THREAD = {name: '1' for name in ('OMP_NUM_THREADS', 'OPENBLAS_NUM_THREADS', 'MKL_NUM_THREADS', 'NUMBA_NUM_THREADS')}


@dataclass
class Job:
    """One clip: samples [n] at 16 kHz and its true phones, which only tools that are given phones see."""

    samples: np.ndarray
    phones: list[Phone] = field(default_factory=list)

    def arrays(self) -> dict[str, np.ndarray]:
        """The job as arrays of a file."""
        times = np.array([(phone.start, phone.end) for phone in self.phones]).reshape(-1, 2)
        names = np.array([phone.name for phone in self.phones], dtype='U4')
        return {'samples': np.asarray(self.samples, np.float32), 'names': names, 'times': times}


@cache
def _code_digest(module: str) -> str:
    """Changes when the module of a tool or what it builds on changes."""
    names = (f'{module}.py', 'visemes.py', 'recognised_phones.py', 'headaudio.mjs')
    return hashlib.sha256(b''.join((FOLDER / name).read_bytes() for name in names)).hexdigest()


def job_key(tool: str, job: Job) -> str:
    """Name of a job's curve in the cache."""
    digest = hashlib.sha256(f'{tool} {TOOLS[tool].version} {_code_digest(TOOLS[tool].module)}'.encode())
    for name, values in job.arrays().items():
        if name == 'samples' or TOOLS[tool].hears == 'phones':
            digest.update(values.tobytes())
    return digest.hexdigest()[:32]


def run_worker(python: str, tool: str, jobs: dict[str, Job], folder: Path) -> tuple[float, float]:
    """Runs a tool on jobs by name in `folder`; returns wall and processor seconds of the last one by name."""
    for name, job in jobs.items():
        np.savez(folder / f'{name}.npz', **job.arrays())
    command = [python, '-m', 'public_tools.worker', tool, str(folder)]
    environment = {**os.environ, **_ONE_THREAD}
    output = subprocess.run(command, cwd=FOLDER.parent, env=environment, stdout=subprocess.PIPE, check=True, text=True).stdout
    wall, processor = map(float, output.split())
    return wall, processor


def curves_of(
    tool: str, jobs: list[Job], folder: Path, python: str, worker: Worker = run_worker
) -> list[np.ndarray]:
    """Curves [rows, 58] of all jobs, those not yet in the cache folder made in one process."""
    target = folder / tool
    target.mkdir(parents=True, exist_ok=True)
    keys = [job_key(tool, job) for job in jobs]
    missing = {key: job for key, job in zip(keys, jobs, strict=True) if not (target / f'{key}.npy').exists()}
    if missing:
        with tempfile.TemporaryDirectory(dir=target) as work:
            worker(python, tool, missing, Path(work))
            for key in missing:
                (Path(work) / f'{key}.npy').rename(target / f'{key}.npy')
    return [np.load(target / f'{key}.npy') for key in keys]


def seconds_taken(tool: str, job: Job, python: str) -> tuple[float, float]:
    """Wall and processor seconds of a tool on a clip in one process, after a first short clip that loads its models."""
    short = Job(job.samples[:32000], [phone for phone in job.phones if phone.end <= 2])
    with tempfile.TemporaryDirectory() as work:
        return run_worker(python, tool, {'0': short, '1': job}, Path(work))
