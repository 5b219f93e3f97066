from pathlib import Path

import numpy as np
import pytest
import torch

from vividtalker.config import load_config
from vividtalker.fsq import FiniteScalarQuantizer
from vividtalker.style import STYLE_COUNT, stream_mask
from vividtalker.tokenizer import DECODER_REACH_FRAMES, Tokenizer
from vividtalker.transformer import Predictor
from vividtalker.windows import draw_masks, hide_codes

CONFIG = load_config(Path(__file__).parents[1] / 'configs/tiny.toml')


def test_codes_round_trip() -> None:
    quantizer = FiniteScalarQuantizer((8, 5, 5, 5))
    codes = torch.arange(quantizer.size)
    values = quantizer.decode(codes)
    digits = (values + 1) / 2 * (quantizer.counts - 1)
    latent = torch.logit((digits + 0.45) / (quantizer.counts - 0.1))
    assert torch.equal(quantizer.encode(latent), codes)
    assert torch.allclose(quantizer(latent), values, atol=1e-5)


def test_gradient_passes_straight_through() -> None:
    latent = torch.randn(4, 3, requires_grad=True)
    quantizer = FiniteScalarQuantizer((4, 4, 4))
    quantizer(latent).sum().backward()
    expected = torch.sigmoid(latent) * (1 - torch.sigmoid(latent)) * 3.9 * 2 / 3
    assert torch.allclose(latent.grad, expected, atol=1e-5)


def test_expectation_of_certain_logits_is_the_code() -> None:
    quantizer = FiniteScalarQuantizer((5, 3))
    logits = 100 * quantizer.one_hot
    assert torch.allclose(quantizer.expectation(logits), quantizer.decode(torch.arange(15)), atol=1e-4)


@pytest.mark.parametrize('stream', ['head', 'mouth'])
def test_a_changed_code_reaches_no_further_than_stated(stream: str) -> None:
    tokenizer = Tokenizer(CONFIG.stream(stream).tokenizer)
    sizes = torch.tensor(tokenizer.group_sizes)
    codes = torch.stack([torch.randint(0, size, (1, 16)) for size in tokenizer.group_sizes], -1)
    changed = codes.clone()
    changed[0, 8] = (codes[0, 8] + 1) % sizes
    with torch.no_grad():
        difference = (tokenizer.decode(codes) - tokenizer.decode(changed)).abs().amax((0, 2))
    touched = torch.nonzero(difference).flatten()
    reach, step = DECODER_REACH_FRAMES[stream], tokenizer.frames_per_token
    assert touched.min() == 8 * step - reach
    assert touched.max() == 9 * step - 1 + reach


def test_contact_codes_are_lossless() -> None:
    tokenizer = Tokenizer(CONFIG.mouth.tokenizer)
    motion = torch.zeros(1, 32, 58)
    motion[..., -2:] = torch.randint(0, 2, (1, 32, 2)).float()
    codes = tokenizer.encode(motion)
    assert torch.equal(tokenizer.decode(codes)[..., -2:], motion[..., -2:])
    motion = torch.zeros(1, 2, 58)
    motion[0, 1, 56] = motion[0, 0, 57] = 1
    assert tokenizer.encode(motion)[0, 0, -1] == 2 + 4


def test_masks_hide_what_they_say() -> None:
    rng = np.random.default_rng(0)
    masks = draw_masks(CONFIG.mouth.predictor, 200, 60, 2, rng)
    assert masks.any((1, 2)).all()
    assert 0.15 < masks.all((1, 2)).mean() < 0.4
    assert 0.35 < (masks[..., 0] == masks[..., 1]).all(1).mean() < 0.65  # in the others some groups of a hidden token are shown
    codes = torch.zeros(200, 60, 2, dtype=torch.long)
    hidden = hide_codes(codes, masks, [16, 9], 0.05, rng).numpy()
    assert 0.85 < (hidden == (16, 9))[masks].mean() < 0.95
    assert (hidden == (16, 9))[~masks].sum() == 0
    assert 0.02 < (hidden != 0)[~masks].mean() < 0.08


def test_any_window_length_runs_and_masked_codes_are_used() -> None:
    config = CONFIG.mouth
    predictor = Predictor(config.predictor, config.tokenizer.levels).eval()
    for tokens in (3, 40):
        codes = torch.zeros(2, tokens, 5, dtype=torch.long)
        features, style, drop = torch.randn(2, tokens * 4, 84), torch.randn(2, STYLE_COUNT), torch.zeros(2, 2)
        logits = predictor(codes, features, style, drop)
        assert logits.shape == (2, tokens, 16 + 16 + 9 + 9 + 16)
        other = codes.clone()
        other[:, 1, 0] = 16
        assert not torch.allclose(logits, predictor(other, features, style, drop))


def test_dropped_conditions_have_no_effect() -> None:
    config = CONFIG.head
    predictor = Predictor(config.predictor, config.tokenizer.levels).eval()
    codes, drop = torch.zeros(1, 10, 1, dtype=torch.long), torch.ones(1, 2)
    first = predictor(codes, torch.randn(1, 80, 84), torch.randn(1, STYLE_COUNT), drop)
    assert torch.allclose(first, predictor(codes, torch.randn(1, 80, 84), torch.randn(1, STYLE_COUNT), drop))


def test_mouth_does_not_hear_head_sliders() -> None:
    config = CONFIG.mouth
    predictor = Predictor(config.predictor, config.tokenizer.levels).eval()
    codes, features, drop = torch.zeros(1, 8, 5, dtype=torch.long), torch.randn(1, 32, 84), torch.zeros(1, 2)
    style = torch.zeros(1, STYLE_COUNT)
    other = style.clone()
    other[0, torch.tensor(stream_mask('head') > 0)] = 3
    assert torch.equal(predictor(codes, features, style, drop), predictor(codes, features, other, drop))


def test_head_loss_does_not_reach_mouth_weights() -> None:
    head = Predictor(CONFIG.head.predictor, CONFIG.head.tokenizer.levels)
    mouth = Predictor(CONFIG.mouth.predictor, CONFIG.mouth.tokenizer.levels)
    logits = head(torch.zeros(1, 8, 1, dtype=torch.long), torch.randn(1, 64, 84), torch.randn(1, STYLE_COUNT), torch.zeros(1, 2))
    logits.sum().backward()
    assert all(parameter.grad is None for parameter in mouth.parameters())
    assert any(parameter.grad is not None and parameter.grad.abs().sum() > 0 for parameter in head.parameters())
