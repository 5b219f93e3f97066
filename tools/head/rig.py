"""Bones of the head and skin weights of the neck. Lengths in decimetres."""

from __future__ import annotations

import numpy as np
from scipy import sparse

from names import BONES
from solve import harmonic
from source import BaseMesh
from topology import HeadTopology


def eye_centres(base: BaseMesh, neutral: np.ndarray) -> np.ndarray:
    """Centres [2, 3] of the left and the right eyeball."""
    return np.stack([neutral[base.group_vertices(f"helper-{side}-eye")].mean(0) for side in "lr"])


def bone_positions(base: BaseMesh, neutral: np.ndarray) -> np.ndarray:
    """Rest positions [7, 3] in the order of `names.BONES`."""
    neck, head, hinge = (neutral[base.joint(name)].mean(0) for name in ("neck", "head", "mouth"))
    eyes = eye_centres(base, neutral)
    place = {
        "root": neck, "neck01": neck, "neck02": (neck + head) / 2, "head": head,
        "LeftEye": eyes[0], "RightEye": eyes[1], "jaw": hinge,
    }
    return np.stack([place[name] for name in BONES])


def boundary_vertices(head: HeadTopology) -> np.ndarray:
    """Flags [V] of the vertices on the open border of the cropped mesh."""
    a, b = head.quads, np.roll(head.quads, -1, axis=1)
    pairs = np.stack([np.minimum(a, b).ravel(), np.maximum(a, b).ravel()], axis=1)
    edges, uses = np.unique(pairs, axis=0, return_counts=True)
    flags = np.zeros(len(head.ids), bool)
    flags[edges[uses == 1].ravel()] = True
    return flags


def neck_weights(head: HeadTopology, vertices: np.ndarray, laplacian: sparse.csr_matrix,
                 bones: np.ndarray) -> np.ndarray:
    """Weights [V, 4] for root, neck01, neck02, head: 1 on the head above the jaw line, 0 below the neck, smooth between."""
    head_bone, neck_bone = bones[BONES.index("head")], bones[BONES.index("neck01")]
    # the border rises from the nape to just under the ears and falls to the underside of the chin
    y, z = vertices[:, 1], vertices[:, 2]
    chin_y = vertices[(np.abs(vertices[:, 0]) < 0.15) & (z > 1.2)][:, 1]
    chin = chin_y[chin_y > neck_bone[1]].min()
    jaw_line = np.interp(z, [-0.3, 0.4, 1.2], [head_bone[1] - 0.15, head_bone[1] - 0.35, chin - 0.05])
    above = y > jaw_line
    # the lower border of the skin, hidden by the shirt, stays with the body
    below = y < neck_bone[1] - 0.05
    below |= boundary_vertices(head) & (y < head_bone[1] - 0.3)
    for chart in (1, 2, 3):
        above[head.quads[head.chart == chart].ravel()] = True
    fixed = above | below
    amount = harmonic(laplacian, fixed, above.astype(float)[:, None])[:, 0]
    along = 3 * np.clip(amount, 0, 1)
    return np.maximum(0, 1 - np.abs(along[:, None] - np.arange(4)[None, :]))
