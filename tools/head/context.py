"""Everything later steps share: base mesh, neutral face, shapes, subdivision and rig. Lengths in decimetres."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from pathlib import Path

import numpy as np
from scipy import sparse

import lips
import neutral
import rig
import shapes
import skin_mesh
import solve
import subdivide
import topology
import uv
from names import EXPRESSIONS
from source import BaseMesh, Source

METRES_PER_DM = 0.1
EYE_OPENING = 0.14
LIP_OVERLAP_DM = -0.0015


@dataclass
class HeadContext:
    """The head at level 0 with its render mesh. `head.ids` maps level-0 vertices to the base mesh."""

    source: Source
    base: BaseMesh
    head: topology.HeadTopology
    base_neutral: np.ndarray
    base_shapes: dict[str, np.ndarray]
    mirror: np.ndarray
    vertices: np.ndarray
    shapes: dict[str, np.ndarray]
    laplacian: sparse.csr_matrix
    lips: lips.Lips
    mesh: skin_mesh.SkinMesh
    coarse: skin_mesh.SkinMesh
    bones: np.ndarray
    skin_weights: np.ndarray

    @property
    def region(self) -> np.ndarray:
        """Base-mesh positions [V, 3] of the level-0 vertices: region tests use them, whatever the face mix."""
        return self.base.vertices[self.head.ids]

    @cached_property
    def points(self) -> np.ndarray:
        """Resting points [P, 3] of the render mesh."""
        return self.mesh.operator @ self.vertices

    @cached_property
    def point_region(self) -> np.ndarray:
        """Base-mesh positions [P, 3] of the render points."""
        return self.mesh.operator @ self.region

    @cached_property
    def point_normals(self) -> np.ndarray:
        """Resting unit normals [P, 3]."""
        return skin_mesh.normals(self.points, self.mesh.point_triangles)

    def metres(self, positions: np.ndarray) -> np.ndarray:
        """Positions in dm of the base mesh frame to metres with the neck joint at the origin."""
        return (positions - self.bones[0]) * METRES_PER_DM


def local_mirror(mirror: np.ndarray, ids: np.ndarray) -> np.ndarray:
    """Mirror table of the level-0 vertices."""
    position = {int(base): i for i, base in enumerate(ids)}
    return np.array([position[int(mirror[base])] for base in ids])


def _close_lips(closer: lips.LipCloser, vertices: np.ndarray, delta: dict[str, np.ndarray],
                mirror: np.ndarray) -> None:
    """Corrects mouthPress and mouthClose in place so that the lips touch, left and right alike."""
    pressed = vertices + delta["mouthPressLeft"] + delta["mouthPressRight"]
    extra = closer.close(pressed)
    left_share = np.clip(0.5 + vertices[:, 0] / 0.12, 0, 1)[:, None]
    left = 0.5 * (extra * left_share + shapes.mirror_delta(extra * (1 - left_share), mirror))
    right = shapes.mirror_delta(left, mirror)
    delta["mouthPressLeft"] = delta["mouthPressLeft"] + 1.15 * left
    delta["mouthPressRight"] = delta["mouthPressRight"] + 1.15 * right
    extra = closer.close(vertices + delta["jawOpen"] + delta["mouthClose"])
    delta["mouthClose"] = delta["mouthClose"] + 0.5 * (extra + shapes.mirror_delta(extra, mirror))


def _open_eyes(neutral_positions: np.ndarray, delta: dict[str, np.ndarray]) -> None:
    """Lifts the sleepy lids of the source a little, in place; the blinks still end at the same closed lids."""
    for side in ("Left", "Right"):
        lift = EYE_OPENING * delta[f"eyeWide{side}"]
        neutral_positions += lift
        delta[f"eyeBlink{side}"] = delta[f"eyeBlink{side}"] - lift


def prepare(wheel: Path) -> HeadContext:
    """Reads the wheel and computes the neutral face, the shapes and the render meshes."""
    source = Source(wheel)
    base = source.base()
    head = topology.crop(base)
    base_neutral = neutral.build(source, base)
    mirror = source.mirror(len(base_neutral))
    base_shapes = shapes.load(source, len(base_neutral), mirror)
    _open_eyes(base_neutral, base_shapes)
    vertices = base_neutral[head.ids]
    laplacian = solve.laplacian(head.quads, vertices)
    found = lips.find(head, vertices)
    first = subdivide.split(head.quads, len(vertices))
    closer = lips.LipCloser(head, found, vertices, laplacian, subdivide.smooth_operator(first))
    vertices = vertices + closer.close(vertices, LIP_OVERLAP_DM)
    delta = {name: base_shapes[name][head.ids] for name in EXPRESSIONS}
    _close_lips(closer, vertices, delta, local_mirror(mirror, head.ids))
    uvs, uv_quads = uv.layout(head, base.vertices[head.ids])
    levels = skin_mesh.detail_levels(head, base.vertices[head.ids])
    mesh = skin_mesh.build(head, uvs, uv_quads, levels, vertices)
    coarse = skin_mesh.build(head, uvs, uv_quads, np.zeros_like(levels), vertices)
    bones = rig.bone_positions(base, base_neutral)
    weights = rig.neck_weights(head, vertices, laplacian, bones)
    return HeadContext(source, base, head, base_neutral, base_shapes, mirror, vertices, delta, laplacian, found, mesh,
                       coarse, bones, weights)
