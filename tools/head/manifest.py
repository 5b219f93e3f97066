"""Writes head-manifest.json: names, bones, counts and measured constants."""

from __future__ import annotations

import json
from pathlib import Path

import numpy as np
from scipy.spatial import cKDTree

import landmarks
import lips
import shapes
import wrinkles
from context import METRES_PER_DM, HeadContext
from names import BONE_PARENTS, BONES, EXPRESSIONS, MORPHS, WRINKLES

VERSION = 1
MM_PER_DM = 100.0


def eye_rotation(context: HeadContext) -> dict[str, dict]:
    """Degrees [pitch x, yaw y] the eye bone turns for one unit of each eyeLook coefficient, from the helper eyeballs."""
    result = {}
    for name in EXPRESSIONS:
        if not name.startswith("eyeLook"):
            continue
        side = "Left" if name.endswith("Left") else "Right"
        ids = context.base.group_vertices(f"helper-{side[0].lower()}-eye")
        turn, _ = shapes.rigid_fit(context.base_neutral[ids], context.base_shapes[name][ids])
        forward = turn @ np.array([0.0, 0.0, 1.0])
        pitch = np.degrees(np.arctan2(-forward[1], np.hypot(forward[0], forward[2])))
        yaw = np.degrees(np.arctan2(forward[0], forward[2]))
        # a look up or down does not turn sideways, and the other way round
        vertical = "Up" in name or "Down" in name
        result[name] = {"bone": f"{side}Eye", "pitchDegrees": round(float(pitch), 2) if vertical else 0.0,
                        "yawDegrees": 0.0 if vertical else round(float(yaw), 2)}
    return result


def lip_measures(context: HeadContext) -> dict:
    """Linear response of the mid inner lip gap (mm per unit) and mouth width and rest gap (mm)."""
    mesh, points = context.mesh, context.points
    upper, lower = landmarks.lip_points(context)
    top, bottom = landmarks.lip_middles(context)
    middle = context.vertices[context.lips.corners].mean(0)[0]
    half = 0.5 * np.ptp(context.vertices[context.lips.corners][:, 0])
    response = {}
    for name in EXPRESSIONS:
        moved = mesh.operator @ context.shapes[name]
        change = float(moved[top, 1] - moved[bottom, 1]) * MM_PER_DM
        if abs(change) > 0.05:
            response[name] = round(change, 3)
    _, gap = lips.profile(points[upper] - [middle, 0, 0], points[lower] - [middle, 0, 0], half)
    first = {int(p): int(r) for r, p in reversed(list(enumerate(mesh.point)))}
    return {
        "lipResponse": response,
        "lipGapRestMm": round(float((points[top, 1] - points[bottom, 1]) * MM_PER_DM), 3),
        "lipGapWidestMm": round(float(gap.max() * MM_PER_DM), 3),
        "mouthWidthMm": round(float(2 * half * MM_PER_DM), 2),
        "lipVertices": {
            "middleUpper": first[int(top)], "middleLower": first[int(bottom)],
            "upper": sorted(first[int(p)] for p in upper), "lower": sorted(first[int(p)] for p in lower),
            "corners": [first[int(np.argmin(np.linalg.norm(points - p, axis=1)))]
                        for p in landmarks.mesh_corners(context)],
        },
    }


def write_mirror(context: HeadContext, path: Path) -> None:
    """Writes the mirror partner of every skin render vertex (uint16, 65535 = none) for the symmetry test."""
    region = context.point_region
    distance, partner = cKDTree(region).query(region * np.array([-1.0, 1.0, 1.0]))
    first = np.full(len(region), 65535)
    order = np.arange(len(context.mesh.point))[::-1]
    first[context.mesh.point[order]] = order
    table = np.where(distance < 0.002, first[partner], 65535)[context.mesh.point]
    path.write_bytes(table.astype("<u2").tobytes())


def write(context: HeadContext, meshes: dict, out: Path) -> None:
    """Writes the manifest into `out`."""
    bones = context.metres(context.bones)
    points = context.metres(context.points)
    document = {
        "version": VERSION,
        "units": {"length": "metre", "up": "+Y", "front": "+Z", "origin": "base of the neck", "characterLeft": "+X"},
        "morphs": MORPHS,
        "expressionCount": len(EXPRESSIONS),
        "wrinkleGroups": WRINKLES,
        "bones": [
            {"name": name, "parent": BONES[parent] if parent >= 0 else None,
             "rest": [round(float(v), 6) for v in position]}
            for name, parent, position in zip(BONES, BONE_PARENTS, bones, strict=True)
        ],
        "bounds": {"min": [round(float(v), 4) for v in points.min(0)], "max": [round(float(v), 4) for v in points.max(0)]},
        "eyeRotation": eye_rotation(context),
        **lip_measures(context),
        "lidVertices": landmarks.lid_vertices(context),
        "wrinkles": wrinkles.manifest_entry(),
        "meshes": meshes,
        "scale": {"metresPerSourceUnit": METRES_PER_DM},
    }
    (out / "head-manifest.json").write_text(json.dumps(document, indent=1) + "\n")
