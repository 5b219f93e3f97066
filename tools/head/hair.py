"""Head hair: a cap over the scalp and short ribbons combed from the crown. Lengths in decimetres."""

from __future__ import annotations

import numpy as np

import skin_mesh
from context import HeadContext
from gltf_writer import GlbWriter, Part
from hairline import scalp_amount, scalp_signed
from images import encode, noise
from strands import ribbons, scatter
from teeth import head_bound

CROWN = np.array([0.06, 8.38, 0.10])
COLOUR = np.array([0.270, 0.188, 0.130])


def hair_texture(size: int = 128) -> bytes:
    """Columns are strands of slightly different colour, rows go from root (top, dark) to tip (lighter)."""
    generator = np.random.default_rng(51)
    column = generator.random(size)[None, :, None]
    tint = 0.68 + 0.62 * column
    warm = np.array([1.06, 1.0, 0.94]) ** (2 * generator.random(size)[None, :, None] - 0.6)
    s = np.linspace(0, 1, size)[:, None, None]
    colour = COLOUR * tint * warm * (0.55 + 0.65 * s)
    return encode(np.clip(colour * (0.94 + 0.12 * noise(52, size, 2, 32)[..., None]), 0, 1), "png")


def _style(p: np.ndarray) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    """Comb direction [N, 3], length [N] and lift [N] at base-mesh positions [N, 3]."""
    away = p - CROWN
    flow = away / np.maximum(np.linalg.norm(away, axis=1, keepdims=True), 1e-6)
    top = np.clip((p[:, 1] - 7.75) / 0.35, 0, 1)
    front = np.clip((p[:, 2] - 0.45) / 0.5, 0, 1)
    # the top is swept forward and to the character's right, the sides fall down and back
    sweep = np.array([-0.75, 0.1, 0.75])
    flow = flow * (1 - 0.75 * top * front)[:, None] + sweep * (0.75 * top * front)[:, None]
    side = (1 - top)[:, None]
    flow = flow + side * np.array([0, -0.75, -0.25])
    flow /= np.linalg.norm(flow, axis=1, keepdims=True)
    border = np.clip(scalp_signed(p) / 0.35, 0, 1)
    length = (0.17 + 0.17 * top + 0.05 * top * front) * (0.55 + 0.45 * np.maximum(border, top * front))
    lift = 0.30 + 0.06 * top + 0.16 * top * front
    return flow, length, lift


def _ribbon_part(context: HeadContext, count: int, segments: int, width: float, seed: int):
    tri = context.mesh.point_triangles
    region = context.point_region[tri].mean(1)
    outer = context.head.chart[context.mesh.face] == 0
    density = scalp_amount(region, 0.12, 0.0) * outer
    density[density < 0.3] = 0
    front = np.clip((region[:, 2] - 0.6) / 0.4, 0, 1) * np.clip((region[:, 1] - 7.7) / 0.2, 0, 1)
    roots = scatter(context, density * (1 + 0.8 * front), count, seed, 0.012 if count > 1000 else 0.04)
    generator = np.random.default_rng(seed + 1)
    place = roots.at(context, context.points)
    normal = roots.at(context, context.point_normals)
    normal /= np.linalg.norm(normal, axis=1, keepdims=True)
    flow, length, lift = _style(roots.at(context, context.point_region))
    n = len(place)
    flow = flow + 0.17 * generator.standard_normal((n, 3))
    flow -= (flow * normal).sum(1, keepdims=True) * normal
    flow /= np.linalg.norm(flow, axis=1, keepdims=True)
    length = length * generator.uniform(0.7, 1.25, n)
    lift = lift * generator.uniform(0.6, 1.4, n)
    s = np.linspace(0, 1, segments + 1)
    along = length[:, None] * (s - 0.12 * s**2)[None]
    up = (length * lift)[:, None] * (1.5 * s - 0.95 * s**2)[None]
    curl = (generator.uniform(-0.35, 0.35, n) * length)[:, None] * (s**2)[None]
    across = np.cross(flow, normal)
    paths = place[:, None] - 0.01 * normal[:, None] + along[..., None] * flow[:, None] + up[..., None] * normal[:, None]
    paths = paths + curl[..., None] * across[:, None]
    facing = normal[:, None] * 0.9 + flow[:, None] * (0.5 * s[None, :, None] - 0.1)
    taper = np.append(1 - 0.72 * np.linspace(0, 1, segments) ** 1.6, 0)
    across = across + 0.35 * generator.standard_normal((n, 1)) * normal
    across /= np.linalg.norm(across, axis=1, keepdims=True)
    return ribbons(paths, across, width * generator.uniform(0.7, 1.3, n), taper, generator.uniform(0, 0.98, n), facing)


def _cap(context: HeadContext, coarse: bool, thickness: float):
    """Scalp surface pushed out a little, thinning to nothing at the hairline."""
    mesh = context.coarse if coarse else context.mesh
    region = mesh.operator @ context.region
    points = mesh.operator @ context.vertices
    amount = scalp_amount(region, 0.22, -0.25)
    outer = context.head.chart[mesh.face] == 0
    chosen = mesh.point_triangles[outer & (amount[mesh.point_triangles].max(1) > 0.02)]
    ids, triangles = np.unique(chosen, return_inverse=True)
    normal = skin_mesh.normals(points, mesh.point_triangles)[ids]
    top = np.clip((region[ids][:, 1] - 7.7) / 0.4, 0, 1)
    positions = points[ids] + normal * (amount[ids] * thickness * (0.55 + 0.6 * top) - 0.006)[:, None]
    uv = np.stack([(region[ids][:, 0] * 3.7 + region[ids][:, 2] * 1.9) % 1, 0.08 + 0.3 * amount[ids]], axis=1)
    return positions, normal, uv, triangles.reshape(-1, 3)


def build(context: HeadContext, writer: GlbWriter, coarse: bool) -> Part:
    """The `Hair` part."""
    strands = _ribbon_part(context, 160, 2, 0.11, 61) if coarse else _ribbon_part(context, 4200, 3, 0.032, 61)
    cap = _cap(context, coarse, 0.075 if coarse else 0.042)
    count = len(cap[0])
    positions = np.concatenate([cap[0], strands[0]])
    normals = np.concatenate([cap[1], strands[1]])
    uv = np.concatenate([cap[2], strands[2]])
    triangles = np.concatenate([cap[3], strands[3] + count])
    picture = writer.image("hair", hair_texture())
    material = {
        "name": "Hair", "doubleSided": True,
        "pbrMetallicRoughness": {"baseColorTexture": {"index": picture}, "metallicFactor": 0.0, "roughnessFactor": 0.85},
    }
    return Part("Hair", context.metres(positions), normals, uv, triangles, *head_bound(len(positions)), material)
