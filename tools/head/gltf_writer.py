"""A small glTF 2.0 binary writer: skinned meshes, sparse morph targets, embedded images. Output is deterministic."""

from __future__ import annotations

import json
import struct
from dataclasses import dataclass, field
from pathlib import Path

import numpy as np

FLOAT, UNSIGNED_SHORT, UNSIGNED_INT = 5126, 5123, 5125
ARRAY_BUFFER, ELEMENT_BUFFER = 34962, 34963


@dataclass
class Part:
    """One mesh with one material.

    `positions` [N, 3] m, `normals` [N, 3], `uv` [N, 2] with v down, `triangles` [T, 3], `joints` [N, 4] bone numbers,
    `weights` [N, 4] with sum 1. `morphs` maps names to (position delta, normal delta or None), each [N, 3]. `extras` goes into the mesh.
    """

    name: str
    positions: np.ndarray
    normals: np.ndarray
    uv: np.ndarray
    triangles: np.ndarray
    joints: np.ndarray
    weights: np.ndarray
    material: dict
    morphs: dict[str, tuple[np.ndarray, np.ndarray | None]] = field(default_factory=dict)
    extras: dict = field(default_factory=dict)


class GlbWriter:
    """Collects parts and images, then writes one file."""

    def __init__(self, generator: str) -> None:
        self.json: dict = {
            "asset": {"version": "2.0", "generator": generator},
            "scene": 0, "scenes": [{"nodes": []}], "nodes": [], "meshes": [], "skins": [], "materials": [],
            "accessors": [], "bufferViews": [], "buffers": [], "images": [], "textures": [],
            "samplers": [{"magFilter": 9729, "minFilter": 9987, "wrapS": 33071, "wrapT": 33071}],
        }
        self.binary = bytearray()
        self._zero_normals: dict[int, int] = {}

    def _view(self, data: bytes, target: int | None = None) -> int:
        self.binary.extend(b"\0" * (-len(self.binary) % 4))
        view = {"buffer": 0, "byteOffset": len(self.binary), "byteLength": len(data)}
        if target:
            view["target"] = target
        self.binary.extend(data)
        self.json["bufferViews"].append(view)
        return len(self.json["bufferViews"]) - 1

    def _accessor(self, values: np.ndarray, component: int, kind: str, target: int | None, limits: bool = False) -> int:
        dtype = {FLOAT: "<f4", UNSIGNED_SHORT: "<u2", UNSIGNED_INT: "<u4"}[component]
        data = np.ascontiguousarray(values.astype(dtype))
        entry = {"bufferView": self._view(data.tobytes(), target), "componentType": component,
                 "count": len(values), "type": kind}
        if limits:
            entry["min"] = [float(v) for v in data.min(0)]
            entry["max"] = [float(v) for v in data.max(0)]
        self.json["accessors"].append(entry)
        return len(self.json["accessors"]) - 1

    def _sparse(self, delta: np.ndarray, threshold: float, limits: bool) -> int:
        moved = np.flatnonzero(np.linalg.norm(delta, axis=1) > threshold)
        if not len(moved):
            moved = np.array([0])
        component = UNSIGNED_SHORT if len(delta) < 65536 else UNSIGNED_INT
        indices = moved.astype("<u2" if component == UNSIGNED_SHORT else "<u4")
        values = np.ascontiguousarray(delta[moved].astype("<f4"))
        entry = {
            "componentType": FLOAT, "count": len(delta), "type": "VEC3",
            "sparse": {
                "count": len(moved),
                "indices": {"bufferView": self._view(indices.tobytes()), "componentType": component},
                "values": {"bufferView": self._view(values.tobytes())},
            },
        }
        if limits:
            # an accessor without untouched elements must not count the implicit zeros
            all_values = values if len(moved) == len(delta) else np.concatenate([values, np.zeros((1, 3), "<f4")])
            entry["min"] = [float(v) for v in all_values.min(0)]
            entry["max"] = [float(v) for v in all_values.max(0)]
        self.json["accessors"].append(entry)
        return len(self.json["accessors"]) - 1

    def image(self, name: str, data: bytes) -> int:
        """Embeds a PNG or JPEG and returns the texture number."""
        mime = "image/png" if data.startswith(b"\x89PNG") else "image/jpeg"
        self.json["images"].append({"name": name, "mimeType": mime, "bufferView": self._view(data)})
        self.json["textures"].append({"sampler": 0, "source": len(self.json["images"]) - 1, "name": name})
        return len(self.json["textures"]) - 1

    def skeleton(self, names: list[str], parents: list[int], positions: np.ndarray) -> None:
        """Adds bones (positions [B, 3] m in model space, no rotation) and one skin that uses them all."""
        for i, name in enumerate(names):
            origin = positions[parents[i]] if parents[i] >= 0 else np.zeros(3)
            node: dict = {"name": name, "translation": [float(v) for v in np.float32(positions[i] - origin)]}
            children = [k for k, parent in enumerate(parents) if parent == i]
            if children:
                node["children"] = children
            self.json["nodes"].append(node)
        inverse = np.tile(np.eye(4), (len(names), 1, 1))
        inverse[:, 3, :3] = -positions
        accessor = self._accessor(inverse.reshape(-1, 16), FLOAT, "MAT4", None)
        self.json["skins"].append({"inverseBindMatrices": accessor, "joints": list(range(len(names))), "skeleton": 0})
        self.json["scenes"][0]["nodes"].append(0)

    def part(self, part: Part, position_threshold: float = 3e-5, normal_threshold: float = 0.025) -> None:
        """Adds a skinned mesh node; morph entries below the thresholds (m, unit normal) are left out."""
        self.json["materials"].append(part.material)
        component = UNSIGNED_SHORT if len(part.positions) < 65536 else UNSIGNED_INT
        primitive: dict = {
            "attributes": {
                "POSITION": self._accessor(part.positions, FLOAT, "VEC3", ARRAY_BUFFER, True),
                "NORMAL": self._accessor(part.normals, FLOAT, "VEC3", ARRAY_BUFFER),
                "TEXCOORD_0": self._accessor(part.uv, FLOAT, "VEC2", ARRAY_BUFFER),
                "JOINTS_0": self._accessor(part.joints, UNSIGNED_SHORT, "VEC4", ARRAY_BUFFER),
                "WEIGHTS_0": self._accessor(part.weights, FLOAT, "VEC4", ARRAY_BUFFER),
            },
            "indices": self._accessor(part.triangles.ravel(), component, "SCALAR", ELEMENT_BUFFER),
            "material": len(self.json["materials"]) - 1,
        }
        mesh: dict = {"name": part.name, "primitives": [primitive]}
        if part.morphs:
            primitive["targets"] = []
            for position_delta, normal_delta in part.morphs.values():
                target = {"POSITION": self._sparse(position_delta, position_threshold, True)}
                if normal_delta is not None:
                    target["NORMAL"] = self._sparse(normal_delta, normal_threshold, False)
                primitive["targets"].append(target)
            mesh["extras"] = {**part.extras, "targetNames": list(part.morphs)}
            mesh["weights"] = [0.0] * len(part.morphs)
        self.json["meshes"].append(mesh)
        self.json["nodes"].append({"name": part.name, "mesh": len(self.json["meshes"]) - 1, "skin": 0})
        self.json["scenes"][0]["nodes"].append(len(self.json["nodes"]) - 1)

    def write(self, path: Path) -> int:
        """Writes the file and returns its size in bytes."""
        self.binary.extend(b"\0" * (-len(self.binary) % 4))
        self.json["buffers"] = [{"byteLength": len(self.binary)}]
        document = {key: value for key, value in self.json.items() if value != []}
        text = json.dumps(document, separators=(",", ":")).encode()
        text += b" " * (-len(text) % 4)
        chunks = struct.pack("<II", len(text), 0x4E4F534A) + text
        chunks += struct.pack("<II", len(self.binary), 0x004E4942) + bytes(self.binary)
        path.write_bytes(struct.pack("<4sII", b"glTF", 2, 12 + len(chunks)) + chunks)
        return 12 + len(chunks)
