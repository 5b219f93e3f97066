"""The shift of the head that its turning about the neck causes, for networks (the teacher's twin is `head_stream`)."""

import torch

from .head_teacher import NECK_PIVOT_CM


def neck_shift(rotation: torch.Tensor) -> torch.Tensor:
    """Translation in cm of rotation vectors in radians; [..., 3] -> [..., 3]."""
    arm = torch.tensor(-NECK_PIVOT_CM, dtype=rotation.dtype, device=rotation.device).expand_as(rotation)
    angle = rotation.square().sum(-1, keepdim=True).add(1e-12).sqrt()
    axis = rotation / angle
    along = (axis * arm).sum(-1, keepdim=True)
    turned = arm * angle.cos() + cross(axis, arm) * angle.sin() + axis * along * (1 - angle.cos())
    return turned - arm


def cross(first: torch.Tensor, second: torch.Tensor) -> torch.Tensor:
    """Cross product of [..., 3] written out, because the exported graph has no operator for it."""
    x, y, z = first.unbind(-1)
    u, v, w = second.unbind(-1)
    return torch.stack((y * w - z * v, z * u - x * w, x * v - y * u), -1)
