"""Teeth with gums, and the tongue. Both follow the jaw through morph targets. Lengths in decimetres."""

from __future__ import annotations

import numpy as np

import shapes
import skin_mesh
import subdivide
from context import METRES_PER_DM, HeadContext
from gltf_writer import GlbWriter, Part
from images import encode, noise
from names import BONES, EXPRESSIONS

ARCH_HALF_WIDTH, ARCH_DEPTH = 0.225, 0.50
UPPER_MM = (8.4, 6.6, 7.6, 7.0, 6.8, 10.0, 9.5)
LOWER_MM = (5.4, 6.0, 6.8, 7.0, 7.0, 10.8, 10.2)
UPPER_TALL = (0.105, 0.092, 0.104, 0.085, 0.080, 0.075, 0.070)
LOWER_TALL = (0.088, 0.090, 0.100, 0.085, 0.080, 0.075, 0.070)
WIDTH_SCALE = 0.9
STILL_DM = 0.002
TONGUE_CLIMB_DM, TONGUE_REACH = 0.15, 1.6


def _ellipse_angles(widths: np.ndarray, a: float, b: float) -> np.ndarray:
    """Arch angles of the tooth centres for one side; angle 0 is the front middle."""
    t = np.linspace(0, np.pi / 2 * 1.15, 2000)
    step = np.hypot(a * np.cos(t), b * np.sin(t)) * (t[1] - t[0])
    length = np.concatenate([[0], np.cumsum(step)[:-1]])
    centres = np.cumsum(widths) - widths / 2
    return np.interp(centres, length, t)


def _tooth(width: float, tall: float, thick: float, cols: int, rows: int) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    """Super-ellipsoid with its biting edge at y = 0, growing to y = -tall: (positions, uv, triangles)."""
    positions, uv, triangles = [], [], []
    for r in range(rows + 1):
        s = r / rows
        y = -tall * s
        # narrow and flat at the biting edge, fuller towards the gum
        edge = 0.86 + 0.14 * min(1.0, s / 0.12) ** 0.5
        thin = min(1.0, s / 0.10 + 0.25) ** 0.5
        waist = 1.0 - 0.07 * max(0.0, (s - 0.35) / 0.65) ** 1.5
        flat = 0.42 + 0.58 * min(1.0, s / 0.6) ** 0.8
        for c in range(cols):
            a = 2 * np.pi * c / cols
            x = np.sign(np.cos(a)) * abs(np.cos(a)) ** 0.55 * width / 2 * edge * waist
            z = np.sign(np.sin(a)) * abs(np.sin(a)) ** 0.75 * thick / 2 * flat * thin
            positions.append([x, y, z + 0.012 * s * (1 - s)])
            uv.append([0.25, 0.05 + 0.9 * s])
    for r in range(rows):
        for c in range(cols):
            n = (c + 1) % cols
            a, b = r * cols, (r + 1) * cols
            triangles += [[a + c, a + n, b + n], [a + c, b + n, b + c]]
    for k in range(1, cols - 1):
        triangles.append([0, k + 1, k])
    return np.array(positions), np.array(uv), np.array(triangles)


def _gum(a: float, b: float, y: float, sign: float, segments: int, around: int):
    """Tube along the arch that holds the tooth roots."""
    t = np.linspace(-1.75, 1.75, segments)
    positions, uv, triangles = [], [], []
    for i, angle in enumerate(t):
        scallop = 0.004 * np.cos(angle * 16)
        outward = np.array([np.sin(angle), 0, np.cos(angle)])
        centre = np.array([a * np.sin(angle), y, b * np.cos(angle)])
        for k in range(around):
            w = 2 * np.pi * k / around
            lift = np.sin(w) * 0.055
            if np.sin(w) * sign < 0:
                lift += scallop * -sign
            positions.append(centre + outward * np.cos(w) * 0.029 + np.array([0, lift, 0]))
            uv.append([0.52 + 0.46 * abs(angle) / 1.75, 0.5 + 0.4 * np.sin(w) * -sign])
        if i:
            p, q = (i - 1) * around, i * around
            for k in range(around):
                n = (k + 1) % around
                triangles += [[p + k, q + k, q + n], [p + k, q + n, p + n]]
    return np.array(positions), np.array(uv), np.array(triangles)


def _arch(widths_mm, talls, sign: float, scale: float, coarse: bool):
    """One dental arch around the origin, biting edge at y = 0; `sign` +1 grows up (upper), -1 down (lower)."""
    cols, rows = (6, 2) if coarse else (12, 8)
    a, b = ARCH_HALF_WIDTH * scale, ARCH_DEPTH * scale
    widths = np.array(widths_mm) * WIDTH_SCALE * 0.01
    angles = _ellipse_angles(widths, a, b)
    pieces = []
    for side in (1, -1):
        for k, angle in enumerate(angles):
            thick = 0.050 if k < 2 else 0.060 if k < 3 else 0.075 if k < 5 else 0.09
            p, uv, tri = _tooth(widths[k] * 0.97, talls[k], thick, cols, rows)
            p = p * np.array([1, -sign, 1])
            p[:, 1] += sign * (0.0, 0.007, 0.0, 0.008, 0.010, 0.012, 0.014)[k]
            normal = np.array([np.sin(angle) / a, 0, np.cos(angle) / b])
            normal /= np.linalg.norm(normal)
            tangent = np.array([normal[2], 0, -normal[0]])
            q = p[:, :1] * tangent + p[:, 1:2] * np.array([0, 1, 0]) + p[:, 2:] * normal
            q += np.array([a * np.sin(angle), 0, b * np.cos(angle)])
            q[:, 0] *= side
            # the picture darkens towards the back of the mouth, where no lamp reaches
            uv = uv * [0, 1] + [0.02 + 0.46 * k / (len(angles) - 1), 0]
            pieces.append((q, uv, tri if (sign > 0) == (side > 0) else tri[:, ::-1]))
    g, uv, tri = _gum(a, b, sign * 0.150, sign, 14 if coarse else 60, 6 if coarse else 10)
    pieces.append((g, uv, tri))
    return _join(pieces)


def _join(pieces):
    positions, uv, triangles, offset = [], [], [], 0
    for p, t, tri in pieces:
        positions.append(p)
        uv.append(t)
        triangles.append(tri + offset)
        offset += len(p)
    return np.concatenate(positions), np.concatenate(uv), np.concatenate(triangles)


def teeth_texture() -> bytes:
    """Left half enamel from biting edge (top) to gum (bottom), right half gum; each half runs from the front to the back."""
    size = 64
    s = np.linspace(0, 1, size)[:, None, None]
    enamel = np.array([0.83, 0.805, 0.745]) * (1 - s) + np.array([0.80, 0.74, 0.62]) * s
    gum = np.array([0.62, 0.30, 0.29]) * np.ones((size, 1, 1))
    picture = np.concatenate([np.tile(enamel, (1, size // 2, 1)), np.tile(gum, (1, size // 2, 1))], axis=1)
    depth = np.tile(np.linspace(0, 1, size // 2), 2)[None, :, None]
    picture = picture * (1 - 0.72 * depth**0.9)
    return encode(picture * (0.96 + 0.08 * noise(3, size, 3)[..., None]), "png")


def mouth_anchor(context: HeadContext) -> tuple[float, float]:
    """Height of the lip seam and z of the front of the mouth bag in the neutral face."""
    ring = context.lips.rings[1]
    seam_y = float(context.vertices[ring[0], 1])
    inner = context.lips.rings[3]
    return seam_y, float(context.vertices[inner[0], 2])


def dental_positions(context: HeadContext, coarse: bool):
    """Upper and lower arch in the neutral face: (positions, uv, triangles, count of upper vertices)."""
    seam_y, front_z = mouth_anchor(context)
    upper = _arch(UPPER_MM, UPPER_TALL, 1.0, 1.0, coarse)
    lower = _arch(LOWER_MM, LOWER_TALL, -1.0, 0.945, coarse)
    up, low = upper[0].copy(), lower[0].copy()
    up += np.array([0, seam_y - 0.034, front_z - 0.055 - ARCH_DEPTH])
    low += np.array([0, seam_y - 0.022, front_z - 0.055 - ARCH_DEPTH])
    positions, uv, triangles = _join([(up, *upper[1:]), (low, *lower[1:])])
    return positions, uv, triangles, len(up)


def _rigid_morphs(context: HeadContext, positions: np.ndarray, helper: str) -> dict[str, np.ndarray]:
    """Displacement of rigid geometry by the fitted motion of a helper group, for every shape that moves it."""
    ids = context.base.group_vertices(helper)
    result = {}
    for name in EXPRESSIONS:
        delta = context.base_shapes[name][ids]
        if np.abs(delta).max() < STILL_DM * 2:
            continue
        turn, shift = shapes.rigid_fit(context.base_neutral[ids], delta)
        centre = context.base_neutral[ids].mean(0)
        moved = (positions - centre) @ turn.T + centre + shift - positions
        if np.abs(moved).max() > STILL_DM:
            result[name] = moved
    return result


def _with_normals(positions, triangles, morphs, normals, with_normals: bool) -> dict:
    result = {}
    for name, delta in morphs.items():
        change = skin_mesh.normals(positions + delta, triangles) - normals if with_normals else None
        result[name] = (delta * METRES_PER_DM, change)
    return result


def head_bound(count: int) -> tuple[np.ndarray, np.ndarray]:
    """Joints and weights [count, 4] that bind everything to the head bone."""
    joints = np.zeros((count, 4), int)
    joints[:, 0] = BONES.index("head")
    weights = np.zeros((count, 4))
    weights[:, 0] = 1
    return joints, weights


def build(context: HeadContext, writer: GlbWriter, coarse: bool) -> Part:
    """The `Teeth` part: 28 teeth and two gums; the lower arch follows the jaw shapes."""
    positions, uv, triangles, uppers = dental_positions(context, coarse)
    normals = skin_mesh.normals(positions, triangles)
    morphs = {}
    for name, delta in _rigid_morphs(context, positions, "helper-lower-teeth").items():
        delta[:uppers] = 0
        morphs[name] = delta
    picture = writer.image("teeth", teeth_texture())
    material = {
        "name": "Teeth",
        "pbrMetallicRoughness": {"baseColorTexture": {"index": picture}, "metallicFactor": 0.0, "roughnessFactor": 0.25},
    }
    return Part("Teeth", context.metres(positions), normals, uv, triangles, *head_bound(len(positions)), material,
                _with_normals(positions, triangles, morphs, normals, not coarse))


def build_tongue(context: HeadContext, writer: GlbWriter, coarse: bool) -> Part:
    """The `Tongue` part: the helper tongue, subdivided, slimmed and set back."""
    base = context.base
    members = base.groups == "helper-tongue"
    ids, local = np.unique(base.quads[members], return_inverse=True)
    quads = local.reshape(-1, 4)
    level = subdivide.split(quads, len(ids))
    operator, faces = (np.eye(len(ids)), quads) if coarse else (subdivide.smooth_operator(level), level.children)
    rest = context.base_neutral[ids]
    scale, middle = np.array([0.85, 0.52, 1.0]), rest.mean(0)
    positions = operator @ ((rest - middle) * scale + middle + np.array([0, -0.10, -0.09]))
    triangles = np.concatenate([faces[:, [0, 1, 2]], faces[:, [0, 2, 3]]])
    normals = skin_mesh.normals(positions, triangles)
    morphs = {}
    for name in EXPRESSIONS:
        delta = operator @ context.base_shapes[name][ids]
        if name == "tongueOut":
            # the tongue rests lower than in the source, so it climbs over the lower teeth on its way out
            delta *= TONGUE_REACH
            delta[:, 1] += TONGUE_CLIMB_DM * np.clip(delta[:, 2] / delta[:, 2].max(), 0, 1)
        if np.abs(delta).max() > STILL_DM:
            morphs[name] = delta
    span = positions - positions.min(0)
    uv = np.stack([span[:, 0] / span[:, 0].max(), 1 - span[:, 2] / span[:, 2].max()], axis=1)
    bumps = noise(21, 64, 4, 16)[..., None]
    depth = np.linspace(0, 1, 64)[:, None, None] ** 1.3
    picture = writer.image("tongue", encode(np.array([0.58, 0.29, 0.285]) * (0.8 + 0.4 * bumps) * (1 - 0.65 * depth), "png"))
    material = {
        "name": "Tongue",
        "pbrMetallicRoughness": {"baseColorTexture": {"index": picture}, "metallicFactor": 0.0, "roughnessFactor": 0.58},
    }
    return Part("Tongue", context.metres(positions), normals, uv, triangles, *head_bound(len(positions)), material,
                _with_normals(positions, triangles, morphs, normals, not coarse))
