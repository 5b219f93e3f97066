"""Window-based masked transformer: all tokens of a window attend to each other and to the sound; codes are predicted.

Attention is written out and biased by distance (no position table), so any window length runs. Per group the code
logits are sums of per-digit logits of the finite scalar code (a product distribution); the head stream adds a full
joint layer. Contact logits are sharpened, so that sampling at the usual temperature keeps closures decided.
"""

import math

import torch
from torch import nn
from torch.nn import functional

from .config import PredictorConfig
from .features import FEATURE_COUNT
from .fsq import FiniteScalarQuantizer
from .phones import PHONE_COUNT
from .streams import style_mask
from .style import STYLE_COUNT, style_scale
from .tokenizer import CONTACT_CODES

ROWS_PER_FRAME = 2
STEM_LOOK_AHEAD_TOKENS = 3  # the sound stem of a token hears no row beyond the third token after it
CONTACT_SHARPNESS = 3.0


class Block(nn.Module):
    """Pre-norm block: depthwise convolution, full attention with distance bias, feed-forward; [B, T, C] -> same."""

    def __init__(self, width: int, heads: int, feed_forward: int, causal: bool) -> None:
        super().__init__()
        self.heads, self.causal = heads, causal
        self.norm_conv, self.norm_attention, self.norm_forward = (nn.LayerNorm(width) for _ in range(3))
        self.depthwise = nn.Conv1d(width, width, 7, padding=6 if causal else 3, groups=width)
        self.mix = nn.Linear(width, width)
        self.query_key_value = nn.Linear(width, 3 * width)
        self.attention_out = nn.Linear(width, width)
        self.expand = nn.Linear(width, feed_forward * width)
        self.contract = nn.Linear(feed_forward * width, width)

    def forward(self, x: torch.Tensor, bias: torch.Tensor) -> torch.Tensor:
        """x [B, T, C], bias [heads, T, T]."""
        local = self.depthwise(self.norm_conv(x).transpose(1, 2)).transpose(1, 2)
        if self.causal:
            local = local[:, : x.shape[1]]
        x = x + self.mix(functional.gelu(local, approximate='tanh'))
        batch, time, width = x.shape
        packed = self.query_key_value(self.norm_attention(x))
        query, key, value = packed.view(batch, time, 3, self.heads, width // self.heads).permute(2, 0, 3, 1, 4)
        score = query @ key.transpose(-1, -2) * (1 / math.sqrt(width // self.heads)) + bias
        mixed = (score.softmax(-1) @ value).transpose(1, 2).reshape(batch, time, width)
        x = x + self.attention_out(mixed)
        return x + self.contract(functional.gelu(self.expand(self.norm_forward(x)), approximate='tanh'))


class AudioStem(nn.Module):
    """Feature rows at 60 Hz -> token rate by strided convolutions; [B, T * rows, 84] -> [B, T, C]."""

    def __init__(self, width: int, rows_per_token: int) -> None:
        super().__init__()
        self.first = nn.Conv1d(FEATURE_COUNT, width, 5, padding=2)
        halvings = rows_per_token.bit_length() - 1
        self.halve = nn.ModuleList(nn.Conv1d(width, width, 4, stride=2, padding=1) for _ in range(halvings))
        self.last = nn.Conv1d(width, width, 3, padding=1)

    def forward(self, features: torch.Tensor) -> torch.Tensor:
        """[B, rows, 84] -> [B, rows / rows_per_token, C]."""
        x = functional.gelu(self.first(features.transpose(1, 2)), approximate='tanh')
        for layer in self.halve:
            x = functional.gelu(layer(x), approximate='tanh')
        return (x + self.last(x)).transpose(1, 2)


class CodeContext(nn.Module):
    """x + mix(GELU(dense convolution of x)): what the codes around a token say together; [B, T, C] -> same.

    The blocks mix tokens per channel or by attention; a dense layer learns to continue a pose from its neighbours' digits
    several times faster.
    """

    def __init__(self, width: int, tokens: int) -> None:
        super().__init__()
        self.around = nn.Conv1d(width, width, tokens, padding=tokens // 2)
        self.mix = nn.Linear(width, width)

    def forward(self, x: torch.Tensor) -> torch.Tensor:
        """[B, T, C] -> [B, T, C]."""
        around = self.around(x.transpose(1, 2)).transpose(1, 2)
        return x + self.mix(functional.gelu(around, approximate='tanh'))


class Predictor(nn.Module):
    """Logits of masked codes from codes, sound and style."""

    def __init__(self, config: PredictorConfig, levels: list[list[int]]) -> None:
        super().__init__()
        self.config = config
        self.stream = config.stream
        self.frames_per_token = config.token_frames
        self.rows_per_token = ROWS_PER_FRAME * config.token_frames
        width = config.width
        self.quantizers = nn.ModuleList(FiniteScalarQuantizer(tuple(group)) for group in levels)
        self.group_sizes = [quantizer.size for quantizer in self.quantizers]
        self.digit_counts = [sum(group) for group in levels]
        self.digit_embedding = nn.ModuleList(nn.Linear(count, width, bias=False) for count in self.digit_counts)
        self.mask_embedding = nn.Parameter(torch.zeros(len(levels), width))
        self.has_contact = config.has_contact_group
        if self.has_contact:
            self.group_sizes.append(CONTACT_CODES)
            self.contact_embedding = nn.Embedding(CONTACT_CODES + 1, width)
        if config.code_context and config.causal:
            raise ValueError('code_context looks both ways: not for a causal network')
        self.code_context = CodeContext(width, config.code_context) if config.code_context else None
        self.stem = AudioStem(width, self.rows_per_token)
        self.no_audio = nn.Parameter(torch.zeros(width))
        self.style = nn.Linear(STYLE_COUNT, width)
        self.no_style = nn.Parameter(torch.zeros(width))
        centre, half = style_scale()
        self.register_buffer('style_centre', torch.tensor(centre))
        self.register_buffer('style_gain', torch.tensor(style_mask(config.stream) / half))
        self.register_buffer('slopes', torch.tensor([0.6 / 4**head for head in range(config.heads - 1)] + [0.0]))
        self.blocks = nn.ModuleList(Block(width, config.heads, config.feed_forward, config.causal) for _ in range(config.layers))
        self.norm = nn.LayerNorm(width)
        self.digit_logits = nn.Linear(width, sum(self.digit_counts))
        self.contact_logits = nn.Linear(width, CONTACT_CODES) if self.has_contact else None
        self.joint_logits = nn.Linear(width, sum(self.group_sizes)) if config.full_joint else None
        self.phones = nn.Linear(width, self.frames_per_token * PHONE_COUNT) if config.phone_weight > 0 else None
        if self.joint_logits is not None:
            nn.init.zeros_(self.joint_logits.weight)
            nn.init.zeros_(self.joint_logits.bias)

    def embed_codes(self, codes: torch.Tensor) -> torch.Tensor:
        """Sum of group embeddings; the mask token of a group is its size; [B, T, G] -> [B, T, C]."""
        total = 0
        for group, (quantizer, embedding) in enumerate(zip(self.quantizers, self.digit_embedding, strict=True)):
            table = torch.cat((embedding(quantizer.one_hot), self.mask_embedding[group : group + 1]))
            total = total + table[codes[..., group]]
        if self.has_contact:
            total = total + self.contact_embedding(codes[..., -1])
        return total

    def hidden(
        self, codes: torch.Tensor, features: torch.Tensor, style: torch.Tensor, drop: torch.Tensor
    ) -> tuple[torch.Tensor, torch.Tensor]:
        """Final hidden states [B, T, C] and those of the middle layer."""
        audio = self.stem(features)
        no_audio, no_style = drop[:, :1, None], drop[:, 1:2]
        audio = audio * (1 - no_audio) + self.no_audio * no_audio
        styled = self.style((style - self.style_centre) * self.style_gain)
        styled = styled * (1 - no_style) + self.no_style * no_style
        seen = self.embed_codes(codes)
        if self.code_context is not None:
            seen = self.code_context(seen)
        if self.config.causal:  # a token is predicted from the codes before it
            seen = functional.pad(seen[:, :-1], (0, 0, 1, 0))
        x = seen + audio + styled[:, None]
        place = torch.arange(codes.shape[1], device=codes.device)
        distance = (place[:, None] - place[None, :]).abs().to(x.dtype)
        bias = -self.slopes[:, None, None] * distance
        if self.config.causal:
            bias = bias.masked_fill(place[None, :] > place[:, None], -torch.inf)
        middle = x
        for number, block in enumerate(self.blocks):
            x = block(x, bias)
            if number == len(self.blocks) // 2 - 1:
                middle = x
        return self.norm(x), middle

    def expand_logits(self, hidden: torch.Tensor, digits: torch.Tensor) -> torch.Tensor:
        """Code logits [B, T, sum(groupSizes)] from hidden states and per-digit logits."""
        parts = [
            part @ quantizer.one_hot.T
            for part, quantizer in zip(digits.split(self.digit_counts, -1), self.quantizers, strict=True)
        ]
        if self.contact_logits is not None:
            parts.append(CONTACT_SHARPNESS * self.contact_logits(hidden))
        logits = torch.cat(parts, -1)
        return logits if self.joint_logits is None else logits + self.joint_logits(hidden)

    def forward(
        self, codes: torch.Tensor, features: torch.Tensor, style: torch.Tensor, drop: torch.Tensor
    ) -> torch.Tensor:
        """codes [B, T, G] int64, features [B, T * rows, 84], style [B, S] raw, drop [B, 2] -> logits [B, T, sum(sizes)]."""
        hidden, _ = self.hidden(codes, features, style, drop)
        return self.expand_logits(hidden, self.digit_logits(hidden))
