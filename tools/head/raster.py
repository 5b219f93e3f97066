"""Rasterises values of the render mesh into UV space, fills the gutters, and estimates ambient occlusion."""

from __future__ import annotations

import cv2
import numpy as np

from skin_mesh import SkinMesh


class UvRaster:
    """Which triangle covers every texel, and where in it. Row 0 is the top of the picture (v = 1)."""

    def __init__(self, mesh: SkinMesh, size: int) -> None:
        self.mesh, self.size = mesh, size
        self.triangle = np.full((size, size), -1, np.int32)
        self.weight = np.zeros((size, size, 2), np.float32)
        corner = mesh.uv[mesh.triangles] * np.array([size, -size]) + np.array([0, size]) - 0.5
        low = np.clip(np.floor(corner.min(1)).astype(int), 0, size - 1)
        high = np.clip(np.ceil(corner.max(1)).astype(int) + 1, 1, size)
        a, e1, e2 = corner[:, 0], corner[:, 1] - corner[:, 0], corner[:, 2] - corner[:, 0]
        area = e1[:, 0] * e2[:, 1] - e1[:, 1] * e2[:, 0]
        axis = np.arange(size)
        for t in range(len(corner)):
            if abs(area[t]) < 1e-12:
                continue
            x = axis[low[t, 0] : high[t, 0]][None, :] - a[t, 0]
            y = axis[low[t, 1] : high[t, 1]][:, None] - a[t, 1]
            u = (x * e2[t, 1] - y * e2[t, 0]) / area[t]
            v = (y * e1[t, 0] - x * e1[t, 1]) / area[t]
            inside = (u >= -1e-4) & (v >= -1e-4) & (u + v <= 1.0001)
            window = (slice(low[t, 1], high[t, 1]), slice(low[t, 0], high[t, 0]))
            self.triangle[window][inside] = t
            self.weight[window][inside] = np.stack([u[inside], v[inside]], axis=1)
        covered = self.triangle >= 0
        # nearest covered texel for every gutter texel
        _, label = cv2.distanceTransformWithLabels(
            (~covered).astype(np.uint8), cv2.DIST_L2, 5, labelType=cv2.DIST_LABEL_PIXEL
        )
        source = np.zeros(label.max() + 1, np.int64)
        flat = np.flatnonzero(covered.ravel())
        source[label.ravel()[flat]] = flat
        self.nearest = source[label.ravel()].reshape(size, size)
        self.covered = covered

    def values(self, point_values: np.ndarray) -> np.ndarray:
        """Point values [P] or [P, k] interpolated to the picture [size, size(, k)], gutters filled."""
        values = np.asarray(point_values, np.float32)
        flat = values[:, None] if values.ndim == 1 else values
        nearest = self.nearest.ravel()
        triangle = self.triangle.ravel()[nearest]
        w = self.weight.reshape(-1, 2)[nearest]
        corner = self.mesh.point_triangles[triangle]
        result = flat[corner[:, 0]] * (1 - w[:, :1] - w[:, 1:])
        result += flat[corner[:, 1]] * w[:, :1]
        result += flat[corner[:, 2]] * w[:, 1:]
        shape = (self.size, self.size) if values.ndim == 1 else (self.size, self.size, flat.shape[1])
        return result.reshape(shape)


def directions(count: int) -> np.ndarray:
    """Evenly spread unit vectors [count, 3] (Fibonacci sphere)."""
    k = np.arange(count) + 0.5
    y, turn = 1 - 2 * k / count, np.pi * (1 + 5**0.5) * k
    r = np.sqrt(1 - y * y)
    return np.stack([r * np.cos(turn), y, r * np.sin(turn)], axis=1)


def occlusion(points: np.ndarray, normals: np.ndarray, blockers: np.ndarray, cell: float, bias: float,
              count: int = 180) -> np.ndarray:
    """Share of the sky [P] (0..1) every point sees past the point cloud `blockers`; cell and bias in mesh units."""
    seen, total = np.zeros(len(points)), np.zeros(len(points))
    for d in directions(count):
        facing = normals @ d
        helper = np.array([1.0, 0, 0]) if abs(d[0]) < 0.8 else np.array([0, 1.0, 0])
        u = np.cross(d, helper)
        u /= np.linalg.norm(u)
        frame = np.stack([u, np.cross(d, u)], axis=1)
        grid_points = np.floor(blockers @ frame / cell).astype(int)
        low = grid_points.min(0)
        grid_points -= low
        shape = grid_points.max(0) + 1
        depth = np.full(shape[0] * shape[1], -1e9)
        np.maximum.at(depth, grid_points[:, 0] * shape[1] + grid_points[:, 1], blockers @ d)
        at = np.clip(np.floor(points @ frame / cell).astype(int) - low, 0, shape - 1)
        free = points @ d >= depth[at[:, 0] * shape[1] + at[:, 1]] - bias
        weight = np.maximum(facing, 0)
        seen += weight * free
        total += weight
    return seen / np.maximum(total, 1e-9)
