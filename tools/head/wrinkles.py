"""The 14 wrinkle shapes: strain-guided height fields along the skin normal, their maps, masks and driver rule."""

from __future__ import annotations

import cv2
import numpy as np

from context import HeadContext
from images import encode
from names import WRINKLES
from raster import UvRaster
from wrinkle_fields import (
    Field,
    chin_dimples,
    crow,
    fold,
    forehead,
    glabella,
    lip_purse,
    nose_bridge,
    under_eye,
)

DM_PER_MM = 0.01
NASOLABIAL = np.array([[0.165, 6.905], [0.215, 6.835], [0.268, 6.745], [0.305, 6.650], [0.325, 6.560], [0.325, 6.475]])
MARIONETTE = np.array([[0.262, 6.575], [0.282, 6.510], [0.292, 6.440], [0.288, 6.365], [0.270, 6.305]])
MAP_A = ["foreheadL", "foreheadR", "noseBridge", "crowL", "crowR", "underEyeL", "underEyeR", "nasolabialL", "nasolabialR"]
MAP_B = ["glabella", "marionetteL", "marionetteR", "chin", "lipPurse"]

# share of compression measured on the shapes at weight 1, divided by 0.5; {side} becomes Left or Right
DRIVERS: dict[str, dict[str, float]] = {
    "forehead": {"browInnerUp": 0.34, "browOuterUp{side}": 0.34, "browDown{side}": 0.06},
    "glabella": {"browDownLeft": 0.52, "browDownRight": 0.52, "noseSneerLeft": 0.16, "noseSneerRight": 0.16},
    "noseBridge": {"noseSneerLeft": 0.26, "noseSneerRight": 0.26, "browDownLeft": 0.10, "browDownRight": 0.10},
    "crow": {"cheekSquint{side}": 0.6, "eyeSquint{side}": 0.4, "mouthSmile{side}": 0.2, "eyeBlink{side}": 0.06},
    "underEye": {"cheekSquint{side}": 0.6, "eyeSquint{side}": 0.22, "mouthSmile{side}": 0.2, "noseSneer{side}": 0.16},
    "nasolabial": {"mouthSmile{side}": 0.84, "mouthUpperUp{side}": 0.32, "noseSneer{side}": 0.2,
                   "mouthDimple{side}": 0.38, "mouthStretch{side}": 0.46, "mouthFrown{side}": 0.26},
    "marionette": {"mouthFrown{side}": 0.5, "mouthShrugLower": 0.2, "mouthStretch{side}": 0.2, "mouthPress{side}": 0.15},
    "chin": {"mouthPucker": 0.5, "mouthShrugLower": 0.5, "mouthFrownLeft": 0.15, "mouthFrownRight": 0.15,
             "mouthPressLeft": 0.1, "mouthPressRight": 0.1},
    "lipPurse": {"mouthPucker": 0.48, "mouthFunnel": 0.2, "mouthPressLeft": 0.15, "mouthPressRight": 0.15},
}


def driver_table() -> dict[str, dict[str, float]]:
    """Weights M[g][k] of the rule `w_g = smoothstep(0.05, 0.35, sum_k M[g][k] * coefficient_k)` for all 14 groups."""
    table = {}
    for group in WRINKLES:
        if group in DRIVERS:
            table[group] = DRIVERS[group]
        else:
            side = "Left" if group.endswith("L") else "Right"
            table[group] = {name.format(side=side): weight for name, weight in DRIVERS[group[:-1]].items()}
    return table


def compression(context: HeadContext, group: str) -> np.ndarray:
    """Compression 1 - smallest stretch (0..1) [P] of the summed driver shapes, smoothed over the mesh."""
    delta = sum(weight * context.shapes[name] for name, weight in driver_table()[group].items())
    tri = np.concatenate([context.head.quads[:, [0, 1, 2]], context.head.quads[:, [0, 2, 3]]])
    rest, posed = context.vertices[tri], (context.vertices + delta)[tri]
    e1, e2 = rest[:, 1] - rest[:, 0], rest[:, 2] - rest[:, 0]
    f1, f2 = posed[:, 1] - posed[:, 0], posed[:, 2] - posed[:, 0]
    # smallest singular value of the in-plane map from the two Gram matrices
    gram = np.stack([np.stack([(e1 * e1).sum(1), (e1 * e2).sum(1)], 1), np.stack([(e1 * e2).sum(1), (e2 * e2).sum(1)], 1)], 1)
    posed_gram = np.stack(
        [np.stack([(f1 * f1).sum(1), (f1 * f2).sum(1)], 1), np.stack([(f1 * f2).sum(1), (f2 * f2).sum(1)], 1)], 1
    )
    product = np.linalg.solve(gram + 1e-9 * np.eye(2), posed_gram)
    trace, det = np.trace(product, axis1=1, axis2=2), np.linalg.det(product)
    smallest = np.sqrt(np.maximum(trace / 2 - np.sqrt(np.maximum(trace**2 / 4 - det, 0)), 0))
    per_triangle = np.clip(1 - smallest, 0, 1)
    total, count = np.zeros(len(context.vertices)), np.zeros(len(context.vertices))
    np.add.at(total, tri.ravel(), np.repeat(per_triangle, 3))
    np.add.at(count, tri.ravel(), 1)
    value = total / np.maximum(count, 1)
    quads = context.head.quads
    for _ in range(3):
        total[:] = 0
        np.add.at(total, quads.ravel(), np.repeat(value[quads].mean(1), 4))
        value = total / np.maximum(np.bincount(quads.ravel(), minlength=len(value)), 1)
    return context.mesh.operator @ value


def _on_surface(context: HeadContext, line: np.ndarray) -> np.ndarray:
    """Gives a front-view polyline [K, 2] (base dm) the depth of the skin below it, refined to short steps."""
    t = np.linspace(0, len(line) - 1, 4 * len(line))
    fine = np.stack([np.interp(t, np.arange(len(line)), line[:, k]) for k in range(2)], axis=1)
    region = context.point_region
    front = region[(context.point_normals[:, 2] > 0) & (region[:, 2] > 1.0)]
    nearest = np.argmin(((front[None, :, :2] - fine[:, None]) ** 2).sum(2), axis=1)
    depth = front[nearest][:, 2]
    depth = np.convolve(np.pad(depth, 2, mode="edge"), np.ones(5) / 5, mode="valid")
    return np.column_stack([fine, depth])


def _chin_centres(context: HeadContext) -> np.ndarray:
    """Dimple centres about 4 mm apart on the chin, base dm."""
    region = context.point_region
    chin = region[(np.abs(region[:, 0]) < 0.3) & (region[:, 1] > 6.1) & (region[:, 1] < 6.5) & (region[:, 2] > 1.25)]
    order = np.random.default_rng(161).permutation(len(chin))
    kept: list[np.ndarray] = []
    for k in order:
        if all(np.sum((chin[k] - other) ** 2) > 0.037**2 for other in kept):
            kept.append(chin[k])
    return np.array(kept)


class WrinkleFields:
    """Height of every wrinkle group anywhere on the skin."""

    def __init__(self, context: HeadContext) -> None:
        nasolabial, marionette = _on_surface(context, NASOLABIAL), _on_surface(context, MARIONETTE)
        centres = _chin_centres(context)
        self.context = context
        self.fields: dict[str, Field] = {
            "foreheadL": forehead(1), "foreheadR": forehead(-1), "glabella": glabella, "noseBridge": nose_bridge,
            "crowL": crow(1), "crowR": crow(-1), "underEyeL": under_eye(1), "underEyeR": under_eye(-1),
            "nasolabialL": fold(1, nasolabial, 1.35, 1.0, (0.22, 0.35)),
            "nasolabialR": fold(-1, nasolabial, 1.35, 1.0, (0.22, 0.35)),
            "marionetteL": fold(1, marionette, 0.85, 0.45, (0.3, 0.4)),
            "marionetteR": fold(-1, marionette, 0.85, 0.45, (0.3, 0.4)),
            "chin": lambda p: 0.85 * chin_dimples(p, centres),
            "lipPurse": lip_purse,
        }
        outer = np.zeros(len(context.vertices))
        outer[context.head.quads[context.head.chart == 0].ravel()] = 1
        self.outer = context.mesh.operator @ outer
        self.gain = {group: self._gain(group) for group in WRINKLES}

    def _gain(self, group: str) -> np.ndarray:
        """Strain factor [P] 0.55..1.15: folds are deeper where the driving shapes squeeze the skin most."""
        squeeze = compression(self.context, group)
        field = np.abs(self.fields[group](self.context.point_region))
        reference = np.percentile(squeeze[field > 0.3 * field.max()], 80)
        return (0.55 + 0.6 * np.clip(squeeze / max(reference, 1e-3), 0, 1)) * (self.outer > 0.99)

    def on_points(self, group: str) -> np.ndarray:
        """Height [P] in mm at the render points."""
        return self.fields[group](self.context.point_region) * self.gain[group]

    def morph(self, group: str) -> np.ndarray:
        """Displacement [P, 3] in dm."""
        return self.on_points(group)[:, None] * DM_PER_MM * self.context.point_normals


def encode_maps(wrinkles: WrinkleFields, raster: UvRaster) -> dict[str, bytes]:
    """Two wrinkle normal maps (groups of MAP_A and MAP_B at full weight) and four RGBA masks, as files by their stem."""
    context, size = wrinkles.context, raster.size
    region = raster.values(context.point_region).astype(np.float64)
    place = raster.values(context.points)
    across = np.linalg.norm(cv2.Sobel(place, cv2.CV_32F, 1, 0, ksize=3) * 0.125, axis=-1)
    down = np.linalg.norm(cv2.Sobel(place, cv2.CV_32F, 0, 1, ksize=3) * 0.125, axis=-1)
    files, masks = {}, []
    slope = {"a": [np.zeros((size, size), np.float32) for _ in range(2)], "b": [np.zeros((size, size), np.float32) for _ in range(2)]}
    for group in WRINKLES:
        gain = raster.values(wrinkles.gain[group])
        height = np.zeros((size, size), np.float32)
        extent = raster.values(np.abs(wrinkles.on_points(group))) > 1e-3
        near = cv2.dilate(extent.astype(np.uint8), np.ones((13, 13), np.uint8)) > 0
        height[near] = (wrinkles.fields[group](region[near]) * gain[near] * DM_PER_MM).astype(np.float32)
        gx = cv2.Sobel(height, cv2.CV_32F, 1, 0, ksize=3) * 0.125 / np.maximum(across, 1e-5)
        gy = cv2.Sobel(height, cv2.CV_32F, 0, 1, ksize=3) * 0.125 / np.maximum(down, 1e-5)
        target = slope["a" if group in MAP_A else "b"]
        target[0] += np.clip(gx, -2, 2)
        target[1] += np.clip(gy, -2, 2)
        mask = cv2.GaussianBlur((np.abs(height) > 2e-4).astype(np.float32), (0, 0), size / 170)
        masks.append(np.clip(mask * 1.6, 0, 1))
    for key, (gx, gy) in slope.items():
        normal = np.stack([-gx, gy, np.ones_like(gx)], axis=-1)
        normal /= np.linalg.norm(normal, axis=-1, keepdims=True)
        files[f"wrinkle_normal_{key}.jpg"] = encode(normal * 0.5 + 0.5, "jpg", 90)
    while len(masks) < 16:
        masks.append(np.zeros_like(masks[0]))
    for k in range(4):
        stack = np.stack([cv2.resize(m, (512, 512), interpolation=cv2.INTER_AREA) for m in masks[4 * k : 4 * k + 4]], axis=-1)
        # a fully transparent texel would lose its colour in browsers that premultiply, so masks avoid exact zero alpha
        stack[..., 3] = np.maximum(stack[..., 3], 1 / 255)
        files[f"wm_{k}.png"] = encode(np.round(stack * 63) / 63, "png")
    return files


def manifest_entry() -> dict:
    """What the manifest says about wrinkles: the driver rule and how maps and masks are laid out."""
    return {
        "driverRule": {
            "formula": "weight = smoothstep(low, high, sum of driver weight * coefficient)",
            "low": 0.05, "high": 0.35, "drivers": driver_table(),
        },
        "normalMaps": {"textures/wrinkle_normal_a.jpg": MAP_A, "textures/wrinkle_normal_b.jpg": MAP_B},
        "masks": {
            group: {"texture": f"textures/wm_{k // 4}.png", "channel": "rgba"[k % 4]} for k, group in enumerate(WRINKLES)
        },
    }
