"""Encodes pictures and makes repeatable noise."""

from __future__ import annotations

import io

import cv2
import numpy as np
from PIL import Image


def encode(colour: np.ndarray, kind: str, quality: int = 88) -> bytes:
    """PNG or JPEG bytes of linear-free display values [H, W, 3 or 4] in 0..1 (already sRGB-like)."""
    data = np.round(np.clip(colour, 0, 1) * 255).astype(np.uint8)
    buffer = io.BytesIO()
    if kind == "jpg":
        Image.fromarray(data).save(buffer, "JPEG", quality=quality, subsampling=0, optimize=True)
    else:
        Image.fromarray(data).save(buffer, "PNG", optimize=True)
    return buffer.getvalue()


def noise(seed: int, size: int, octaves: int, first_cells: int = 4) -> np.ndarray:
    """Tileable-free value noise [size, size] in about 0..1, mean 0.5; `first_cells` is the coarsest grid."""
    generator = np.random.default_rng(seed)
    total, amplitude, norm = np.zeros((size, size), np.float32), 1.0, 0.0
    cells = first_cells
    for _ in range(octaves):
        grid = generator.random((cells + 1, cells + 1), dtype=np.float32)
        total += amplitude * cv2.resize(grid, (size, size), interpolation=cv2.INTER_CUBIC)
        norm += amplitude
        amplitude *= 0.55
        cells *= 2
    return total / norm


def linear_to_display(colour: np.ndarray) -> np.ndarray:
    """sRGB transfer curve of linear values in 0..1."""
    c = np.clip(colour, 0, 1)
    return np.where(c <= 0.0031308, 12.92 * c, 1.055 * np.power(np.maximum(c, 1e-6), 1 / 2.4) - 0.055)
