"""Tokenizers: 1-D convolutional FSQ autoencoders whose decoders have a small, known reach.

Head: 4 frames per token, one group per rotation axis, decoder reach 10 frames. Mouth: 2 frames per token, four decoded groups with an
autoencoder each (decoder reach 6 frames) and the lossless contact group of docs/model-contract.md.
"""

import math

import torch
from torch import nn
from torch.nn import functional

from .config import TokenizerConfig
from .face import LABIODENTAL, SEAL
from .fsq import FiniteScalarQuantizer
from .neck import neck_shift
from .streams import channel_groups, channel_scale
from .vector_quantizer import SplitQuantizer, VectorQuantizer

DECODER_REACH_FRAMES = {'head': 10, 'mouth': 6}
CONTACT_CODES = 16


class ResidualUnit(nn.Module):
    """x + pointwise(GELU(conv3(GELU(x)))) on [B, C, T]."""

    def __init__(self, width: int, dilation: int = 1) -> None:
        super().__init__()
        self.spread = nn.Conv1d(width, width, 3, padding=dilation, dilation=dilation)
        self.mix = nn.Conv1d(width, width, 1)

    def forward(self, x: torch.Tensor) -> torch.Tensor:
        """[B, C, T] -> [B, C, T]."""
        return x + self.mix(functional.gelu(self.spread(functional.gelu(x))))


def make_quantizer(config: TokenizerConfig, levels: tuple[int, ...]) -> nn.Module:
    """Quantiser of one code group."""
    if config.quantizer == 'fsq':
        return FiniteScalarQuantizer(levels)
    if config.quantizer == 'vq':
        return VectorQuantizer(math.prod(levels), reset_below=config.reset_below)
    raise ValueError(f'unknown quantizer {config.quantizer}')


class RepeatFrames(nn.Module):
    """Doubles the time axis by repetition: [B, C, T] -> [B, C, 2 T]."""

    def forward(self, x: torch.Tensor) -> torch.Tensor:
        """[B, C, T] -> [B, C, 2 T]."""
        return torch.stack((x, x), -1).flatten(2)


class GroupCodec(nn.Module):
    """Autoencoder of one code group: [B, frames, C] <-> latent [B, tokens, D]."""

    def __init__(self, channels: int, width: int, quantizer: nn.Module, frames_per_token: int) -> None:
        super().__init__()
        halvings = frames_per_token.bit_length() - 1
        encoder: list[nn.Module] = [nn.Conv1d(channels, width, 3, padding=1)]
        for _ in range(halvings):
            encoder += [ResidualUnit(width, 3), ResidualUnit(width), nn.Conv1d(width, width, 4, stride=2, padding=1)]
        encoder += [ResidualUnit(width), nn.Conv1d(width, quantizer.width, 1)]
        decoder: list[nn.Module] = [nn.Conv1d(quantizer.width, width, 1), ResidualUnit(width)]
        if halvings == 1:
            decoder.append(ResidualUnit(width))
        for _ in range(halvings):
            decoder += [RepeatFrames(), nn.Conv1d(width, width, 3, padding=1), ResidualUnit(width)]
        decoder += [nn.GELU(), nn.Conv1d(width, channels, 1)]
        self.encoder = nn.Sequential(*encoder)
        self.decoder = nn.Sequential(*decoder)
        self.quantizer = quantizer

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
        self.frames_per_token = config.token_frames
        self.has_contact = config.has_contact_group
        self.channel_groups = channel_groups(self.stream, config.merged, config.contact_group, len(config.levels))
        self.register_buffer('scale', channel_scale(self.stream))
        quantizers = [make_quantizer(config, tuple(group)) for group in config.levels]
        self.group_sizes = [quantizer.size for quantizer in quantizers]
        if config.merged:
            quantizers = [SplitQuantizer(quantizers)]
        self.codecs = nn.ModuleList(
            GroupCodec(len(channels), config.width, quantizer, self.frames_per_token)
            for channels, quantizer in zip(self.channel_groups, quantizers, strict=True)
        )
        if self.has_contact:
            self.group_sizes.append(CONTACT_CODES)
        order = [channel for channels in self.channel_groups for channel in channels]
        self.shift_follows = self.stream == 'head' and order == [0, 1, 2]
        if self.has_contact:
            order += [SEAL, LABIODENTAL]
        inverse = sorted(range(len(order)), key=order.__getitem__)
        self.register_buffer('channel_order', torch.tensor(inverse), persistent=False)

    @property
    def code_levels(self) -> list[list[int]]:
        """Digits per code group as the predictor sees them: those of the scalar codes, or one digit per learned code."""
        if self.config.quantizer == 'fsq':
            return self.config.levels
        return [[math.prod(group)] for group in self.config.levels]

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
        if self.config.merged:
            codes = list(codes[0].unbind(-1))
        if self.has_contact:
            codes.append(self.encode_contact(motion))
        return torch.stack(codes, -1)

    def assemble(self, parts: list[torch.Tensor], contact: torch.Tensor | None) -> torch.Tensor:
        """Scaled group outputs (and contact channels) -> motion [B, frames, C] in document units."""
        if contact is not None:
            parts = [*parts, contact * self.scale[[SEAL, LABIODENTAL]]]
        if self.shift_follows:
            rotation = torch.cat(parts, -1) / self.scale[:3]
            return torch.cat((rotation, neck_shift(rotation)), -1)
        return torch.cat(parts, -1)[..., self.channel_order] / self.scale

    def decode(self, codes: torch.Tensor) -> torch.Tensor:
        """Motion [B, frames, C] of codes [B, tokens, G]."""
        groups = [slice(len(self.config.levels))] if self.config.merged else range(len(self.codecs))
        parts = [
            codec.reconstruct(codec.quantizer.decode(codes[..., group]))
            for group, codec in zip(groups, self.codecs, strict=True)
        ]
        contact = self.decode_contact(codes[..., -1]) if self.has_contact else None
        return self.assemble(parts, contact)

    def forward(self, motion: torch.Tensor) -> torch.Tensor:
        """Reconstruction [B, frames, C] with straight-through gradients."""
        return self.with_codebook_loss(motion)[0]

    def with_codebook_loss(self, motion: torch.Tensor) -> tuple[torch.Tensor, torch.Tensor]:
        """Reconstruction [B, frames, C] with straight-through gradients (a coded contact is passed through), codebook loss."""
        scaled = motion * self.scale
        parts, penalties = [], []
        for codec, channels in zip(self.codecs, self.channel_groups, strict=True):
            latent = codec.latent(scaled[..., channels])
            parts.append(codec.reconstruct(codec.quantizer(latent)))
            penalties.append(codec.quantizer.penalty(latent))
        contact = motion[..., [SEAL, LABIODENTAL]] if self.has_contact else None
        return self.assemble(parts, contact), torch.stack(penalties).mean()
