"""Draws the skin: albedo, pore normals and roughness. Region positions are base-mesh decimetres; colours are sRGB."""

from __future__ import annotations

import cv2
import numpy as np

from context import HeadContext
from hairline import brow_amount, scalp_amount
from images import encode, noise
from raster import UvRaster, directions, occlusion

BASE = np.array([0.795, 0.600, 0.505])
LIP = np.array([0.680, 0.405, 0.375])
MOUTH = np.array([0.27, 0.085, 0.08])
HAIR = np.array([0.145, 0.098, 0.070])


def _blob(p: np.ndarray, centre: tuple[float, float, float], size: tuple[float, float, float]) -> np.ndarray:
    """Soft ellipsoid around `centre` and its mirror image, 1 in the middle."""
    q = np.stack([np.abs(p[..., 0]) - centre[0], p[..., 1] - centre[1], p[..., 2] - centre[2]], axis=-1) / np.array(size)
    return np.exp(-(q * q).sum(-1))


def lip_amount(context: HeadContext) -> np.ndarray:
    """Vermilion amount [V] of the level-0 vertices: 1 on the lips, 0 outside their border."""
    head, region = context.head, context.region
    ring = np.full(len(region), 99)
    ring[[v for loop in context.lips.rings[:1] for v in loop]] = 0
    outer = head.quads[head.chart == 0]
    for _ in range(8):
        np.minimum.at(ring, outer.ravel(), np.repeat(ring[outer].min(1) + 1, 4))
    seam_y = region[context.lips.rings[0]][:, 1].mean()
    upper = region[:, 1] > seam_y - 0.01
    limit = np.where(upper, 2.55, 3.7)
    amount = np.clip((limit - ring) / 0.9 + 0.5, 0, 1)
    inner = np.zeros(len(region), bool)
    inner[head.quads[head.chart == 1].ravel()] = True
    for loop in context.lips.rings:
        inner[loop] = True
    amount[inner] = 1
    return amount


def point_occlusion(context: HeadContext) -> np.ndarray:
    """Ambient occlusion [P] of the render points in the rest pose, eyeballs included."""
    centre = context.bones[4:6]
    balls = np.concatenate([c + 0.148 * directions(900) for c in centre])
    fine = np.concatenate([context.points, balls])
    wide = occlusion(context.points, context.point_normals, fine, 0.055, 0.075)
    near = occlusion(context.points, context.point_normals, fine, 0.022, 0.030)
    return np.clip(0.5 * wide + 0.5 * near, 0, 1)


class SkinPictures:
    """All pictures of the skin at one size."""

    def __init__(self, context: HeadContext, size: int) -> None:
        self.context, self.size = context, size
        self.raster = UvRaster(context.mesh, size)
        self.region = self.raster.values(context.point_region)
        operator, n = context.mesh.operator, len(context.vertices)
        self.lip = self.raster.values(operator @ lip_amount(context))
        charts = np.zeros(n)
        charts[context.head.quads[context.head.chart == 1].ravel()] = 1
        outer = np.zeros(n)
        outer[context.head.quads[context.head.chart == 0].ravel()] = 1
        self.bag = self.raster.values(operator @ (charts * (1 - outer)))
        self.occlusion = self.raster.values(point_occlusion(context))

    def albedo(self) -> np.ndarray:
        """Display colours [S, S, 3]."""
        p, size = self.region, self.size
        x, y, z = np.abs(p[..., 0]), p[..., 1], p[..., 2]
        colour = np.ones((size, size, 1)) * BASE
        red = 0.40 * _blob(p, (0.40, 6.88, 1.25), (0.20, 0.17, 0.35))
        red += 0.60 * _blob(p, (0.0, 6.91, 1.66), (0.13, 0.11, 0.16)) + 0.35 * _blob(p, (0.13, 6.86, 1.5), (0.07, 0.07, 0.1))
        red += 0.55 * np.clip((x - 0.70) / 0.08, 0, 1) * (y > 6.7) * (y < 7.5) + 0.2 * _blob(p, (0, 6.32, 1.45), (0.18, 0.1, 0.3))
        eye = _blob(p, (0.31, 7.28, 1.36), (0.19, 0.12, 0.4))
        red += 0.30 * eye
        blotch = noise(1, size, 5, 9)
        red += 0.9 * (blotch - 0.5)
        colour = colour * (1 - np.clip(red, -0.3, 1)[..., None] * np.array([0.055, 0.22, 0.24]))
        hollow = _blob(p, (0.30, 7.135, 1.36), (0.15, 0.05, 0.3)) + 0.6 * _blob(p, (0.19, 7.26, 1.32), (0.05, 0.08, 0.2))
        colour = colour * (1 - np.clip(hollow, 0, 1)[..., None] * np.array([0.11, 0.15, 0.10]))
        forehead = np.clip((y - 7.5) / 0.3, 0, 1) * (z > 0.8)
        colour = colour * (1 - forehead[..., None] * np.array([0.0, 0.015, 0.05]))
        mottle = noise(2, size, 6, 40) - 0.5
        colour = colour * (1 + mottle[..., None] * np.array([0.09, 0.16, 0.18]))
        freckle = np.clip((noise(5, size, 3, 190) - 0.72) * 5, 0, 1) * np.clip((noise(6, size, 3, 12) - 0.42) * 4, 0, 1)
        colour = colour * (1 - 0.22 * freckle[..., None] * np.array([0.6, 0.9, 1.0]))
        beard = np.clip((6.86 - y) / 0.12, 0, 1) * np.clip((z - 0.55) / 0.25, 0, 1)
        beard *= np.clip((y - 6.12) / 0.14, 0, 1)
        stubble = 0.5 + 0.9 * (noise(8, size, 2, 420) - 0.5)
        colour = colour * (1 - 0.15 * (beard * stubble)[..., None] * np.array([0.85, 0.75, 0.55]))
        return self._paint_features(colour)

    def _paint_features(self, colour: np.ndarray) -> np.ndarray:
        """Lips, mouth, brows and scalp over the plain skin, then occlusion."""
        size = self.size
        crease = 1 + 0.16 * (noise(9, size, 4, 100) - 0.5)
        lip = (np.clip(self.lip, 0, 1) ** 1.2 * 0.88)[..., None]
        colour = colour * (1 - lip) + LIP * crease[..., None] * lip
        bag = np.clip(self.bag, 0, 1)[..., None]
        colour = colour * (1 - bag) + MOUTH * bag
        brow = (0.70 * brow_amount(self.region) * (0.75 + 0.5 * (noise(12, size, 3, 200) - 0.5)))[..., None]
        colour = colour * (1 - brow) + HAIR * 1.15 * brow
        scalp = (0.94 * scalp_amount(self.region, 0.10, 0.6 * (noise(13, size, 4, 60) - 0.5)))[..., None]
        colour = colour * (1 - scalp) + HAIR * (0.8 + 0.4 * noise(14, size, 4, 120))[..., None] * scalp
        shade = np.clip(0.25 + 0.95 * self.occlusion, 0, 1)[..., None]
        return np.clip(colour * shade ** np.array([0.75, 1.0, 1.08]), 0, 1)

    def normal(self) -> np.ndarray:
        """Pore normals [S, S, 3] in tangent space, packed to 0..1 (green up)."""
        size = self.size
        height = 0.50 * (noise(31, size, 2, size // 5) - 0.5) + 0.22 * (noise(32, size, 2, size // 11) - 0.5)
        y, z = self.region[..., 1], self.region[..., 2]
        on_face = np.clip((z - 0.5) / 0.3, 0.25, 1) * np.clip((y - 5.9) / 0.4, 0.3, 1) * (1 - np.clip(self.bag, 0, 1))
        lips = np.clip(self.lip, 0, 1)
        streak = cv2.GaussianBlur(noise(33, size, 3, size // 12), (1, 31), 0) - 0.5
        height = height * on_face * (1 - 0.6 * lips) + 1.6 * streak * lips
        dx = cv2.Sobel(height, cv2.CV_32F, 1, 0, ksize=3) * 0.125
        dy = cv2.Sobel(height, cv2.CV_32F, 0, 1, ksize=3) * 0.125
        strength = 2.1
        normal = np.stack([-dx * strength, dy * strength, np.ones_like(dx)], axis=-1)
        normal /= np.linalg.norm(normal, axis=-1, keepdims=True)
        return normal * 0.5 + 0.5

    def roughness(self) -> np.ndarray:
        """Metallic-roughness picture [S, S, 3]: roughness in green, metal (0) in blue."""
        p = self.region
        rough = 0.56 + 0.16 * (noise(41, self.size, 4, 24) - 0.5)
        rough -= 0.10 * _blob(p, (0, 7.7, 1.5), (0.35, 0.25, 0.5)) + 0.13 * _blob(p, (0, 7.0, 1.65), (0.12, 0.25, 0.2))
        rough -= 0.17 * np.clip(self.lip, 0, 1)
        rough += 0.25 * scalp_amount(p, 0.1, 0.0)
        # crevices do not glint, and hollows that shadow maps miss stay dull
        rough += 0.55 * np.clip(0.75 - self.occlusion, 0, 1)
        rough = np.clip(rough, 0.25, 0.95)
        return np.stack([np.ones_like(rough), rough, np.zeros_like(rough)], axis=-1)


def micro_normal(size: int, cells: int) -> np.ndarray:
    """Tile [size, size, 3] of the finest relief of skin: small plates between fine furrows, packed like `normal`."""
    generator = np.random.default_rng(51)
    jitter = generator.uniform(0.05, 0.95, (cells, cells, 2))
    place = np.stack(np.mgrid[0:size, 0:size], axis=-1) * (cells / size)
    cell = np.floor(place).astype(int)
    nearest = np.full((2, size, size), 9.0)
    for dy in range(-2, 3):
        for dx in range(-2, 3):
            other = cell + [dy, dx]
            centre = other + jitter[other[..., 0] % cells, other[..., 1] % cells]
            d = np.hypot(*np.moveaxis(place - centre, -1, 0))
            nearest[1] = np.minimum(nearest[1], np.maximum(nearest[0], d))
            nearest[0] = np.minimum(nearest[0], d)
    plate = 1 - np.exp(-(((nearest[1] - nearest[0]) / 0.16) ** 2))
    height = np.pad(plate.astype(np.float32), 4, mode="wrap")
    height = cv2.GaussianBlur(height, (0, 0), 1.2)
    dx, dy = cv2.Sobel(height, cv2.CV_32F, 1, 0, ksize=3), cv2.Sobel(height, cv2.CV_32F, 0, 1, ksize=3)
    normal = np.stack([-dx, dy, np.ones_like(dx)], axis=-1)[4:-4, 4:-4]
    normal /= np.linalg.norm(normal, axis=-1, keepdims=True)
    return normal * 0.5 + 0.5


def shrink(picture: np.ndarray, size: int) -> np.ndarray:
    """Area-averaged copy of a square picture."""
    return cv2.resize(picture.astype(np.float32), (size, size), interpolation=cv2.INTER_AREA)


def encode_all(pictures: SkinPictures) -> dict[str, bytes]:
    """The pictures as files by their stem: albedo 2048, normal 1024, roughness 512 and small ones for the light GLB."""
    albedo, normal, rough = pictures.albedo(), pictures.normal(), pictures.roughness()
    return {
        "skin_albedo": encode(albedo, "jpg", 88),
        "skin_normal": encode(shrink(normal, 1024), "jpg", 86),
        "skin_rough": encode(shrink(rough, 512), "jpg", 85),
        "skin_albedo_small": encode(shrink(albedo, 512), "jpg", 85),
    }
