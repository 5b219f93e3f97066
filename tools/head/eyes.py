"""Eyeballs: bulged spheres with a drawn iris, bound rigidly to the eye bones. Lengths in decimetres."""

from __future__ import annotations

import cv2
import numpy as np

from context import HeadContext
from gltf_writer import GlbWriter, Part
from images import encode, noise
from names import BONES

RADIUS_DM = 0.150
X_SCALE = 0.985
CORNEA_BULGE = 0.045
IRIS_DEGREES = 23.5
UV_DEGREES = 80.0


def ball(rings: int, segments: int) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    """Unit eyeball looking along +Z: (positions [N, 3], uv [N, 2] with v down, triangles)."""
    # half of the rings lie on the visible front
    angles = np.concatenate([np.linspace(0, 40, rings // 2 + 1), np.linspace(40, 150, rings - rings // 2 + 1)[1:]])
    positions, uv = [[0.0, 0.0, 1 + CORNEA_BULGE]], [[0.5, 0.5]]
    for angle in angles[1:]:
        bulge = CORNEA_BULGE * (1 - min(1.0, angle / (IRIS_DEGREES * 1.15)) ** 2) ** 2
        for k in range(segments):
            a = 2 * np.pi * k / segments
            s = np.sin(np.radians(angle))
            positions.append([(1 + bulge) * s * np.cos(a), (1 + bulge) * s * np.sin(a),
                              (1 + bulge) * np.cos(np.radians(angle))])
            r = 0.5 * min(1.0, angle / UV_DEGREES)
            uv.append([0.5 + r * np.cos(a), 0.5 - r * np.sin(a)])
    triangles = [[0, 1 + k, 1 + (k + 1) % segments] for k in range(segments)]
    for ring in range(len(angles) - 2):
        a, b = 1 + ring * segments, 1 + (ring + 1) * segments
        for k in range(segments):
            n = (k + 1) % segments
            triangles += [[a + k, b + k, b + n], [a + k, b + n, a + n]]
    return np.array(positions), np.array(uv), np.array(triangles)


def texture(size: int) -> bytes:
    """The iris, pupil and sclera picture (JPEG), azimuthal equidistant around the optical axis."""
    y, x = np.mgrid[0:size, 0:size]
    dx, dy = (x + 0.5) / size - 0.5, (y + 0.5) / size - 0.5
    r = np.hypot(dx, dy) * 2 * UV_DEGREES / IRIS_DEGREES
    a = np.arctan2(dy, dx)
    streak = noise(7, 512, 4)
    turn = (a / (2 * np.pi) % 1) * 512
    rows = np.clip(r * 60, 0, 511)
    fibre = cv2.remap(streak.astype(np.float32), turn.astype(np.float32), (rows * 0.12).astype(np.float32),
                      cv2.INTER_LINEAR, borderMode=cv2.BORDER_WRAP)
    fibre = 0.5 + 2.2 * (fibre - 0.5)
    inner, outer = np.array([0.36, 0.25, 0.15]), np.array([0.27, 0.29, 0.27])
    mix = np.clip((r - 0.42) / 0.35, 0, 1)[..., None]
    iris = inner * (1 - mix) + outer * mix
    iris = iris * np.clip(0.55 + 0.75 * fibre, 0.25, 1.5)[..., None]
    # light gathers opposite the lamp side, the lid shades the upper edge
    iris *= (1.0 + 0.35 * np.clip(dy / 0.15, -1, 1))[..., None]
    limbus = np.clip((r - 0.80) / 0.2, 0, 1)
    iris *= (1 - 0.75 * limbus**1.5)[..., None]
    pupil = np.clip((r - 0.33) / 0.05, 0, 1)[..., None]
    iris = iris * pupil + np.array([0.008, 0.007, 0.007]) * (1 - pupil)
    sclera = np.array([0.72, 0.685, 0.66]) * np.ones((size, size, 1))
    redness = np.clip((np.abs(dx) - 0.17) / 0.22, 0, 1)[..., None]
    sclera = sclera * (1 - redness * np.array([0.05, 0.22, 0.24]))
    veins = np.clip((noise(11, size, 5) - 0.58) * 6, 0, 1)[..., None] * redness
    sclera = sclera * (1 - veins * np.array([0.03, 0.22, 0.22]))
    edge = np.clip((r - 0.93) / 0.16, 0, 1)
    edge = (edge * edge * (3 - 2 * edge))[..., None]
    colour = iris * (1 - edge) + sclera * edge
    shade = 1 - 0.38 * np.clip((-dy - 0.075) / 0.12, 0, 1) - 0.15 * np.clip((dy - 0.12) / 0.12, 0, 1)
    return encode(np.clip(colour * shade[..., None], 0, 1), "jpg", 90)


def build(context: HeadContext, writer: GlbWriter, coarse: bool) -> Part:
    """The `Eyes` part with both eyeballs."""
    unit, uv, triangles = ball(8, 12) if coarse else ball(24, 40)
    positions, normals, joints, faces = [], [], [], []
    for i, bone in enumerate(("LeftEye", "RightEye")):
        centre = context.bones[BONES.index(bone)]
        scale = RADIUS_DM * np.array([X_SCALE, 1, 1])
        positions.append(centre + unit * scale)
        normals.append(unit / np.linalg.norm(unit, axis=1, keepdims=True))
        joints.append(np.full(len(unit), BONES.index(bone)))
        faces.append(triangles + i * len(unit))
    place = np.concatenate(positions)
    bound = np.zeros((len(place), 4), int)
    bound[:, 0] = np.concatenate(joints)
    weights = np.zeros((len(place), 4))
    weights[:, 0] = 1
    picture = writer.image("eye", texture(256 if coarse else 512))
    material = {
        "name": "Eyes",
        "pbrMetallicRoughness": {"baseColorTexture": {"index": picture}, "metallicFactor": 0.0, "roughnessFactor": 0.12},
    }
    return Part("Eyes", context.metres(place), np.concatenate(normals), np.tile(uv, (2, 1)), np.concatenate(faces),
                bound, weights, material)
