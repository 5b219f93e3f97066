"""The tools of the comparison: what they hear, version and licence. Importing this imports no tool."""

from dataclasses import dataclass
from importlib import import_module

import numpy as np

from vividtalker.phones import Phone


@dataclass(frozen=True)
class Tool:
    """`module` has run(samples) -> curve, or run_on_phones(phones, sample_count) where the tool is given the true phones."""

    label: str
    module: str
    version: str
    licence: str
    hears: str = 'sound'

    def run(self, samples_16k: np.ndarray, phones: list[Phone]) -> np.ndarray:
        """Curve [rows at 60 Hz, 58] of a clip."""
        module = import_module(f'public_tools.{self.module}')
        if self.hears == 'sound':
            return module.run(samples_16k)
        return module.run_on_phones(phones, len(samples_16k))


_SPHINX = ' + pocketsphinx 5.1.1'
TOOLS = {
    'rms': Tool('RMS mouth', 'rms_mouth', '1', 'our own'),
    'headaudio': Tool('@met4citizen/headaudio', 'headaudio_mouth', '0.1.0', 'MIT'),
    'openfacefx': Tool('openfacefx on recognised phones', 'openfacefx_mouth', '0.24.0' + _SPHINX, 'MIT, BSD-2-Clause'),
    'pylipsync': Tool('pylipsync', 'pylipsync_mouth', '0.2.1', 'MIT'),
    'nine-shapes': Tool('nine mouth shapes on recognised phones', 'nine_shapes', '1' + _SPHINX, 'our own, BSD-2-Clause'),
    'openfacefx-known': Tool('openfacefx on known phones', 'openfacefx_mouth', '0.24.0', 'MIT', 'phones'),
}
