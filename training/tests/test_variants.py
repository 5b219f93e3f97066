"""The building blocks that only the experiments use: learned codebook, merged and joint tokenizers, causal attention."""

import dataclasses
from pathlib import Path

import numpy as np
import pytest
import torch

from vividtalker.config import PredictorConfig, TokenizerConfig, load_config
from vividtalker.fsq import FiniteScalarQuantizer
from vividtalker.store import Recording
from vividtalker.streams import CHANNEL_COUNT, stream_styles
from vividtalker.style import STYLE_COUNT, STYLE_INDEX
from vividtalker.tokenizer import Tokenizer
from vividtalker.transformer import Predictor
from vividtalker.vector_quantizer import SplitQuantizer, VectorQuantizer
from vividtalker.windows import training_inputs

CONFIG = load_config(Path(__file__).parents[1] / 'configs/tiny.toml')


def spread_table(quantizer: VectorQuantizer) -> VectorQuantizer:
    with torch.no_grad():
        quantizer.table.normal_()
    return quantizer


def test_learned_codes_round_trip() -> None:
    quantizer = spread_table(VectorQuantizer(50, 8))
    codes = torch.arange(50)
    assert torch.equal(quantizer.encode(quantizer.decode(codes)), codes)
    noisy = quantizer.decode(codes) + 0.01 * torch.randn(50, 8)
    assert torch.equal(quantizer.encode(noisy), codes)


def test_reconstruction_gradient_passes_straight_through_to_the_encoder_only() -> None:
    quantizer = spread_table(VectorQuantizer(20, 4)).eval()
    latent = torch.randn(3, 5, 4, requires_grad=True)
    weight = torch.randn(3, 5, 4)
    (quantizer(latent) * weight).sum().backward()
    assert torch.equal(latent.grad, weight)
    assert quantizer.table.grad is None


def test_commitment_pulls_the_encoder_and_the_codebook_follows() -> None:
    quantizer = spread_table(VectorQuantizer(20, 4)).eval()
    latent = torch.randn(7, 4, requires_grad=True)
    quantizer.penalty(latent).backward()
    entries = quantizer.decode(quantizer.encode(latent)).detach()
    expected = 0.25 * 2 * (latent.detach() - entries) / latent.numel()
    assert torch.allclose(latent.grad, expected, atol=1e-6)
    used = quantizer.encode(latent).unique()
    unused = torch.ones(20, dtype=torch.bool)
    unused[used] = False
    assert quantizer.table.grad[used].abs().sum(1).min() > 0
    assert quantizer.table.grad[unused].abs().max() == 0


def test_dead_codes_are_replaced_by_latents_and_plain_codes_are_not() -> None:
    latent = 5 + torch.randn(64, 4)
    for reset_below, expect in ((0.5, True), (0.0, False)):
        quantizer = VectorQuantizer(16, 4, reset_below).train()
        for _ in range(120):
            quantizer(latent)
        used = len(quantizer.encode(latent).unique())
        assert (used > 8) == expect
    assert 'use' in dict(quantizer.named_buffers())


def test_split_quantizer_is_its_parts() -> None:
    parts = [FiniteScalarQuantizer((4, 4)), spread_table(VectorQuantizer(9, 3))]
    split = SplitQuantizer(parts).eval()
    latent = torch.randn(2, 6, 5)
    codes = split.encode(latent)
    assert codes.shape == (2, 6, 2)
    assert torch.equal(codes[..., 0], parts[0].encode(latent[..., :2]))
    assert torch.allclose(split(latent)[..., 2:], parts[1].decode(codes[..., 1]), atol=1e-6)
    assert torch.allclose(split.decode(codes), split(latent), atol=1e-5)


VARIANTS = {
    'vq': TokenizerConfig(stream='mouth', levels=CONFIG.mouth.tokenizer.levels, width=8, quantizer='vq'),
    'paper': TokenizerConfig(stream='mouth', levels=[[200]], width=8, quantizer='vq', frames_per_token=8, merged=True, contact_group=False),
    'joint': TokenizerConfig(stream='joint', levels=[[4, 4], [3, 3], [5]], width=8, merged=True),
}


@pytest.mark.parametrize('name', VARIANTS)
def test_variant_tokenizers_and_predictors_fit_together(name: str) -> None:
    config = VARIANTS[name]
    tokenizer = Tokenizer(config)
    motion = torch.rand(2, 32, CHANNEL_COUNT[config.stream])
    codes = tokenizer.encode(motion)
    sizes = {'vq': [16, 16, 9, 9, 16], 'paper': [200], 'joint': [16, 9, 5, 16]}[name]
    assert tokenizer.group_sizes == sizes
    assert codes.shape == (2, 32 // config.token_frames, len(sizes))
    assert tokenizer.decode(codes).shape == motion.shape
    output, penalty = tokenizer.with_codebook_loss(motion)
    (output.square().mean() + penalty).backward()
    assert all(p.grad is not None for codec in tokenizer.codecs for p in codec.encoder.parameters())
    settings = PredictorConfig(
        stream=config.stream, width=16, layers=1, heads=2, frames_per_token=config.frames_per_token,
        contact_group=config.contact_group,
    )  # fmt: skip
    predictor = Predictor(settings, tokenizer.code_levels)
    assert predictor.group_sizes == sizes
    features = torch.randn(2, codes.shape[1] * 2 * config.token_frames, 84)
    logits = predictor(codes, features, torch.zeros(2, STYLE_COUNT), torch.zeros(2, 2))
    assert logits.shape == (*codes.shape[:2], sum(sizes))


def test_joint_stream_carries_both_styles() -> None:
    styles = [np.full((count, STYLE_COUNT), value).tolist() for count, value in ((2, 1.0), (4, 2.0))]
    recording = Recording(
        name='a', source='kokoro', part='train', talker='x', group='voice', start=0, frames=8, mouth_style=styles[0],
        head_style=styles[1],
    )  # fmt: skip
    joint = stream_styles(recording, 'joint')
    assert joint.shape == (4, STYLE_COUNT)
    assert joint[0, STYLE_INDEX['headGain']] == 2
    assert joint[0, STYLE_INDEX['smile']] == 1


def causal_predictor() -> Predictor:
    torch.manual_seed(4)
    config = dataclasses.replace(CONFIG.mouth.predictor, causal=True, layers=2)
    return Predictor(config, CONFIG.mouth.tokenizer.levels).eval()


def test_a_causal_network_does_not_see_the_present_code_or_the_future() -> None:
    predictor = causal_predictor()
    codes = torch.zeros(1, 20, 5, dtype=torch.long)
    features, style, drop = torch.randn(1, 80, 84), torch.zeros(1, STYLE_COUNT), torch.zeros(1, 2)
    logits = predictor(codes, features, style, drop)
    changed = codes.clone()
    changed[:, 10:] = 3
    after = predictor(changed, features, style, drop)
    assert torch.equal(logits[:, :11], after[:, :11])
    assert not torch.allclose(logits[:, 11], after[:, 11])
    late = features.clone()
    late[:, 10 * 4 + 13 :] += 1  # the stem hears 12 rows past the first of its token
    heard = predictor(codes, late, style, drop)
    assert torch.allclose(logits[:, :11], heard[:, :11], atol=1e-6)
    assert not torch.allclose(logits[:, 11:], heard[:, 11:], atol=1e-4)


def test_a_causal_network_is_trained_on_every_token() -> None:
    config = dataclasses.replace(CONFIG.mouth.predictor, causal=True)
    codes = torch.zeros(3, 60, 5, dtype=torch.long)
    masks, shown = training_inputs(config, codes, [16, 16, 9, 9, 16], np.random.default_rng(0))
    assert masks.all()
    assert (shown[..., 0] == 16).sum() == 0
