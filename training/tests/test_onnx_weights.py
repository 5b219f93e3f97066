import copy
from pathlib import Path

import onnx
import pytest
import torch

from vividtalker import checkpoint, onnx_weights
from vividtalker.export import SAMPLING, example_inputs, export_models
from vividtalker.onnx_weights import NoWeightsError, read_weights


@pytest.fixture(scope='module')
def exported(tiny_run: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp('exported')
    export_models(tiny_run, folder, 'tiny', copy.deepcopy(SAMPLING), {}, {})
    return folder


@pytest.mark.parametrize('stream', ['head', 'mouth'])
def test_a_model_folder_gives_back_the_networks_it_was_made_from(tiny_run: Path, exported: Path, stream: str) -> None:
    tokenizer = checkpoint.load_tokenizer(tiny_run / f'{stream}-tokenizer.pt')
    predictor = checkpoint.load_predictor(tiny_run / f'{stream}-predictor.pt', tokenizer)
    again = onnx_weights.load_tokenizer(exported, stream)
    predictor_again = onnx_weights.load_predictor(exported, again)
    example = example_inputs(tokenizer, predictor, 2, 9, 7)
    inputs = [example[name] for name in ('masked', 'features', 'style', 'drop')]
    with torch.no_grad():
        assert (predictor(*inputs) - predictor_again(*inputs)).abs().max() < 1e-5
        assert torch.equal(tokenizer.decode(example['codes']), again.decode(example['codes']))
        assert torch.equal(tokenizer.encode(example['motion']), again.encode(example['motion']))
    for name, values in predictor_again.state_dict().items():
        assert torch.equal(values, predictor.state_dict()[name]), name


def test_equal_tensors_are_stored_once_and_come_back_as_many(exported: Path) -> None:
    names = {tensor.name for tensor in onnx.load(str(exported / 'mouth-predictor.onnx')).graph.initializer}
    assert 'contact_embedding.weight' in names
    config, tensors = read_weights(exported / 'mouth-predictor.onnx')
    assert config['stream'] == 'mouth'
    assert tensors.keys() >= names


def test_a_file_without_named_weights_says_what_to_do(exported: Path, tmp_path: Path) -> None:
    model = onnx.load(str(exported / 'head-decoder.onnx'))
    del model.metadata_props[:]
    onnx.save(model, str(tmp_path / 'head-decoder.onnx'))
    with pytest.raises(NoWeightsError, match='export it again'):
        onnx_weights.load_tokenizer(tmp_path, 'head')
