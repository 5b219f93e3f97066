"""The skin as a glTF part: points, normals, weights, and morph targets with normal deltas."""

from __future__ import annotations

import numpy as np

import landmarks
import skin_mesh
from context import METRES_PER_DM, HeadContext
from gltf_writer import GlbWriter, Part
from names import MORPHS


def morphs(context: HeadContext, mesh: skin_mesh.SkinMesh, with_normals: bool,
           displacement: dict[str, np.ndarray]) -> dict:
    """All morph targets of the skin at render vertices, metres; `displacement` [points, 3] by name in dm."""
    rest = mesh.operator @ context.vertices
    rest_normals = skin_mesh.normals(rest, mesh.point_triangles)
    result = {}
    for name in MORPHS:
        moved = displacement[name]
        normal = None
        if with_normals:
            normal = (skin_mesh.normals(rest + moved, mesh.point_triangles) - rest_normals)[mesh.point]
        result[name] = (moved[mesh.point] * METRES_PER_DM, normal)
    return result


def build(context: HeadContext, writer: GlbWriter, coarse: bool, pictures: dict[str, bytes],
          displacement: dict[str, np.ndarray]) -> Part:
    """The `Skin` part; `coarse` takes the level-0 mesh and leaves normal deltas and fine maps out."""
    mesh = context.coarse if coarse else context.mesh
    points = mesh.operator @ context.vertices
    normals = skin_mesh.normals(points, mesh.point_triangles)
    weights = np.clip(mesh.operator @ context.skin_weights, 0, 1)
    weights /= weights.sum(1, keepdims=True)
    joints = np.tile(np.arange(4), (len(mesh.point), 1))
    joints = np.where(weights[mesh.point] > 0, joints, 0)
    material = {
        "name": "Skin",
        "pbrMetallicRoughness": {
            "baseColorTexture": {"index": writer.image("skin_albedo", pictures["skin_albedo_small" if coarse else "skin_albedo"])},
            "metallicFactor": 0.0,
            "roughnessFactor": 0.55 if coarse else 1.0,
        },
    }
    if not coarse:
        rough = writer.image("skin_rough", pictures["skin_rough"])
        material["pbrMetallicRoughness"]["metallicRoughnessTexture"] = {"index": rough}
        material["normalTexture"] = {"index": writer.image("skin_normal", pictures["skin_normal"]), "scale": 0.8}
    return Part(
        "Skin", context.metres(points)[mesh.point], normals[mesh.point],
        mesh.uv * np.array([1, -1]) + np.array([0, 1]), mesh.triangles, joints, weights[mesh.point], material,
        morphs(context, mesh, not coarse, displacement), {"landmarks": landmarks.entry(context, mesh)},
    )
