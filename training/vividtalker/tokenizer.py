"""Tokenizers: 1-D convolutional FSQ autoencoders whose decoders have a small, known reach.

Head: 4 frames per token, one group, decoder reach 10 frames. Mouth: 2 frames per token, four decoded groups with an
autoencoder each (decoder reach 6 frames) and the lossless contact group of docs/model-contract.md.
"""

import torch
from torch import nn
from torch.nn import functional

from .config import TokenizerConfig
from .face import LABIODENTAL, MOUTH_CHANNELS, MOUTH_GROUPS, SEAL, channel_indices
from .fsq import FiniteScalarQuantizer

FRAMES_PER_TOKEN = {'head': 4, 'mouth': 2}
DECODER_REACH_FRAMES = {'head': 10, 'mouth': 6}
CONTACT_CODES = 16
HEAD_SCALE = (5.73, 5.73, 5.73, 1.0, 1.0, 1.0)  # radians -> degrees / 10; centimetres


class ResidualUnit(nn.Module):
    """x + pointwise(GELU(conv3(GELU(x)))) on [B, C, T]."""

    def __init__(self, width: int, dilation: int = 1) -> None:
        super().__init__()
        self.spread = nn.Conv1d(width, width, 3, padding=dilation, dilation=dilation)
        self.mix = nn.Conv1d(width, width, 1)

    def forward(self, x: torch.Tensor) -> torch.Tensor:
        """[B, C, T] -> [B, C, T]."""
        return x + self.mix(functional.gelu(self.spread(functional.gelu(x))))


class RepeatFrames(nn.Module):
    """Doubles the time axis by repetition: [B, C, T] -> [B, C, 2 T]."""

    def forward(self, x: torch.Tensor) -> torch.Tensor:
        """[B, C, T] -> [B, C, 2 T]."""
        return torch.stack((x, x), -1).flatten(2)


class GroupCodec(nn.Module):
    """Autoencoder of one code group: [B, frames, C] <-> latent [B, tokens, D]."""

    def __init__(self, channels: int, width: int, levels: tuple[int, ...], frames_per_token: int) -> None:
        super().__init__()
        halvings = frames_per_token.bit_length() - 1
        encoder: list[nn.Module] = [nn.Conv1d(channels, width, 3, padding=1)]
        for _ in range(halvings):
            encoder += [ResidualUnit(width, 3), ResidualUnit(width), nn.Conv1d(width, width, 4, stride=2, padding=1)]
        encoder += [ResidualUnit(width), nn.Conv1d(width, len(levels), 1)]
        decoder: list[nn.Module] = [nn.Conv1d(len(levels), width, 1), ResidualUnit(width)]
        if halvings == 1:
            decoder.append(ResidualUnit(width))
        for _ in range(halvings):
            decoder += [RepeatFrames(), nn.Conv1d(width, width, 3, padding=1), ResidualUnit(width)]
        decoder += [nn.GELU(), nn.Conv1d(width, channels, 1)]
        self.encoder = nn.Sequential(*encoder)
        self.decoder = nn.Sequential(*decoder)
        self.quantizer = FiniteScalarQuantizer(levels)

    def latent(self, motion: torch.Tensor) -> torch.Tensor:
        """[B, frames, C] -> [B, tokens, D]."""
        return self.encoder(motion.transpose(1, 2)).transpose(1, 2)

    def reconstruct(self, quantised: torch.Tensor) -> torch.Tensor:
        """[B, tokens, D] -> [B, frames, C]."""
        return self.decoder(quantised.transpose(1, 2)).transpose(1, 2)


class Tokenizer(nn.Module):
    """All groups of one stream, with the scaling of its channels."""

    def __init__(self, config: TokenizerConfig) -> None:
        super().__init__()
        self.config = config
        self.stream = config.stream
        self.frames_per_token = FRAMES_PER_TOKEN[config.stream]
        levels = [tuple(group) for group in config.levels]
        if self.stream == 'head':
            self.channel_groups = [list(range(6))]
            scale = torch.tensor(HEAD_SCALE)
        else:
            self.channel_groups = [channel_indices(names) for names in MOUTH_GROUPS.values()]
            scale = torch.full((len(MOUTH_CHANNELS),), 4.0)
        self.register_buffer('scale', scale)
        self.codecs = nn.ModuleList(
            GroupCodec(len(channels), config.width, group, self.frames_per_token)
            for channels, group in zip(self.channel_groups, levels, strict=True)
        )
        self.group_sizes = [codec.quantizer.size for codec in self.codecs]
        if self.stream == 'mouth':
            self.group_sizes.append(CONTACT_CODES)
        order = [channel for channels in self.channel_groups for channel in channels]
        if self.stream == 'mouth':
            order += [SEAL, LABIODENTAL]
        inverse = sorted(range(len(order)), key=order.__getitem__)
        self.register_buffer('channel_order', torch.tensor(inverse), persistent=False)

    def encode_contact(self, motion: torch.Tensor) -> torch.Tensor:
        """Contact codes [B, tokens] of motion [B, frames, 58]."""
        contact = (motion[..., [SEAL, LABIODENTAL]] > 0.5).to(torch.int64)  # [B, frames, 2]
        pairs = contact.unflatten(1, (-1, 2))
        return pairs[:, :, 0, 0] + 2 * pairs[:, :, 1, 0] + 4 * pairs[:, :, 0, 1] + 8 * pairs[:, :, 1, 1]

    def decode_contact(self, codes: torch.Tensor) -> torch.Tensor:
        """Contact channels [B, frames, 2] of codes [B, tokens]."""
        bit = lambda value: torch.div(codes, value, rounding_mode='floor') % 2  # noqa: E731
        first = torch.stack((bit(1), bit(4)), -1)
        second = torch.stack((bit(2), bit(8)), -1)
        return torch.stack((first, second), 2).flatten(1, 2).to(torch.float32)

    def encode(self, motion: torch.Tensor) -> torch.Tensor:
        """Codes [B, tokens, G] int64 of motion [B, frames, C]; frames must be a multiple of frames_per_token."""
        scaled = motion * self.scale
        codes = [
            codec.quantizer.encode(codec.latent(scaled[..., channels]))
            for codec, channels in zip(self.codecs, self.channel_groups, strict=True)
        ]
        if self.stream == 'mouth':
            codes.append(self.encode_contact(motion))
        return torch.stack(codes, -1)

    def assemble(self, parts: list[torch.Tensor], contact: torch.Tensor | None) -> torch.Tensor:
        """Scaled group outputs (and contact channels) -> motion [B, frames, C] in document units."""
        if contact is not None:
            parts = [*parts, contact * self.scale[[SEAL, LABIODENTAL]]]
        return torch.cat(parts, -1)[..., self.channel_order] / self.scale

    def decode(self, codes: torch.Tensor) -> torch.Tensor:
        """Motion [B, frames, C] of codes [B, tokens, G]."""
        parts = [
            codec.reconstruct(codec.quantizer.decode(codes[..., group])) for group, codec in enumerate(self.codecs)
        ]
        contact = self.decode_contact(codes[..., -1]) if self.stream == 'mouth' else None
        return self.assemble(parts, contact)

    def forward(self, motion: torch.Tensor) -> torch.Tensor:
        """Reconstruction [B, frames, C] with straight-through gradients (contact channels are passed through)."""
        scaled = motion * self.scale
        parts = [
            codec.reconstruct(codec.quantizer(codec.latent(scaled[..., channels])))
            for codec, channels in zip(self.codecs, self.channel_groups, strict=True)
        ]
        contact = motion[..., [SEAL, LABIODENTAL]] if self.stream == 'mouth' else None
        return self.assemble(parts, contact)
