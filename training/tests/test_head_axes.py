import dataclasses
from pathlib import Path

import numpy as np
import pytest
import torch

from vividtalker.config import load_config
from vividtalker.export import DecoderGraph, Graph, check_graph, group_names, write_graph
from vividtalker.head_teacher import head_stream
from vividtalker.neck import neck_shift
from vividtalker.objective import joint_loss
from vividtalker.style import STYLE_COUNT
from vividtalker.tokenizer import DECODER_REACH_FRAMES, Tokenizer
from vividtalker.transformer import CodeContext, Predictor

TINY = load_config(Path(__file__).parents[1] / 'configs/tiny.toml').head
LEVELS = [[4, 4], [4, 3], [3, 3]]


def axes_tokenizer() -> Tokenizer:
    torch.manual_seed(2)
    return Tokenizer(dataclasses.replace(TINY.tokenizer, levels=LEVELS)).eval()


def test_shift_of_the_network_is_that_of_the_teacher() -> None:
    degrees = np.random.default_rng(1).uniform(-30, 30, size=(50, 3))
    degrees[0] = 0
    stream = head_stream(degrees)
    assert np.allclose(neck_shift(torch.from_numpy(np.radians(degrees))).numpy(), stream[:, 3:], atol=1e-5)


def test_axes_are_coded_apart_and_the_shift_follows() -> None:
    tokenizer = axes_tokenizer()
    assert group_names(tokenizer) == ['pitch', 'yaw', 'roll']
    codes = torch.stack([torch.randint(0, size, (1, 16)) for size in tokenizer.group_sizes], -1)
    changed = codes.clone()
    changed[0, 8, 1] = (codes[0, 8, 1] + 1) % tokenizer.group_sizes[1]
    with torch.no_grad():
        first, second = tokenizer.decode(codes)[0], tokenizer.decode(changed)[0]
    assert torch.equal(first[:, [0, 2]], second[:, [0, 2]])
    touched = torch.nonzero((first - second).abs().amax(1)).flatten()
    assert touched.min() >= 32 - DECODER_REACH_FRAMES['head']
    assert touched.max() <= 35 + DECODER_REACH_FRAMES['head']
    expected = head_stream(np.degrees(first[:, :3].numpy().astype(np.float64)))
    assert np.allclose(first.numpy(), expected, atol=1e-4)


def test_axes_export_and_train(tmp_path: Path) -> None:
    tokenizer = axes_tokenizer()
    codes = torch.stack([torch.randint(0, size, (2, 6)) for size in tokenizer.group_sizes], -1)
    axes = {'codes': {1: 'time'}, 'motion': {1: 'frames'}}
    graph = Graph('decoder.onnx', DecoderGraph(tokenizer).eval(), {'codes': codes}, 'motion', axes)
    write_graph(graph, tmp_path)
    assert check_graph(graph, tmp_path) < 1e-4
    output = tokenizer(torch.from_numpy(head_stream(np.ones((64, 3))))[None])
    output[..., 3:].square().sum().backward()
    assert all(parameter.grad is not None for parameter in tokenizer.codecs[2].parameters())


def test_joint_loss_counts_every_group() -> None:
    predictor = Predictor(TINY.predictor, LEVELS)
    codes = torch.stack([torch.randint(0, size, (2, 5)) for size in predictor.group_sizes], -1)
    logits = torch.cat([40 * torch.nn.functional.one_hot(codes[..., g], size) for g, size in enumerate(predictor.group_sizes)], -1)
    weight = torch.ones(2, 5, 3)
    assert joint_loss(predictor, logits.float(), codes, weight).item() == pytest.approx(0, abs=1e-4)
    codes[..., 2] = (codes[..., 2] + 1) % predictor.group_sizes[2]
    assert joint_loss(predictor, logits.float(), codes, weight).item() == pytest.approx(40 / 3, rel=0.01)


def test_code_context_reaches_half_its_tokens_and_keeps_a_causal_network_out() -> None:
    context = CodeContext(8, 5)
    codes = torch.randn(1, 20, 8)
    other = codes.clone()
    other[0, 10] += 1
    touched = torch.nonzero((context(codes) - context(other)).abs().amax((0, 2)) > 1e-6).flatten()
    assert touched.tolist() == [8, 9, 10, 11, 12]
    with pytest.raises(ValueError, match='causal'):
        Predictor(dataclasses.replace(TINY.predictor, code_context=5, causal=True), LEVELS)
    predictor = Predictor(dataclasses.replace(TINY.predictor, code_context=5), LEVELS)
    style = torch.zeros(1, STYLE_COUNT)
    logits = predictor(torch.zeros(1, 7, 3, dtype=torch.long), torch.zeros(1, 56, 84), style, torch.zeros(1, 2))
    assert logits.shape == (1, 7, 16 + 12 + 9)
