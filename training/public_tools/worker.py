"""Runs one tool on a folder of jobs, in the Python that has the tools: python -m public_tools.worker TOOL FOLDER.

A job is KEY.npz with `samples` [n] float32 at 16 kHz and the phones as `names`, `times` [phones, 2]. The curve is written beside it as
KEY.npy [rows, 58] float32; wall seconds and processor seconds (all threads, child processes too) of the last job are printed.
"""

import os
import sys
import time
from pathlib import Path

import numpy as np

from vividtalker.phones import Phone

from .registry import TOOLS


def processor_seconds() -> float:
    """Processor time so far of this process and its finished children."""
    return sum(os.times()[:4])


def main(tool: str, folder: Path) -> None:
    """Runs the jobs in name order."""
    wall = processor = 0.0
    for path in sorted(folder.glob('*.npz')):
        with np.load(path) as job:
            samples = job['samples']
            phones = [Phone(str(name), *times) for name, times in zip(job['names'], job['times'].tolist(), strict=True)]
        wall, processor = time.perf_counter(), processor_seconds()
        curve = TOOLS[tool].run(samples, phones)
        wall, processor = time.perf_counter() - wall, processor_seconds() - processor
        np.save(path.with_suffix('.npy'), curve.astype(np.float32))
    print(wall, processor)


if __name__ == '__main__':
    main(sys.argv[1], Path(sys.argv[2]))
