"""Writes the golden feature tensors that tie the TypeScript feature code to features.py."""

import argparse
import json
import wave
from pathlib import Path

import numpy as np

from vividtalker.audio import read_audio
from vividtalker.features import SAMPLE_RATE_HZ, compute_features, network_features


def synthetic_voice(seed: int) -> np.ndarray:
    """1.3 s: silence, a gliding harmonic tone with tremolo, noise, silence."""
    rng = np.random.default_rng(seed)
    time = np.arange(int(0.7 * SAMPLE_RATE_HZ)) / SAMPLE_RATE_HZ
    phase = 2 * np.pi * np.cumsum(110 * 2 ** (time * 1.3)) / SAMPLE_RATE_HZ
    tone = sum(np.sin(h * phase) / h for h in range(1, 12)) * (0.6 + 0.4 * np.sin(2 * np.pi * 5 * time)) * 0.1
    noise = rng.normal(size=int(0.3 * SAMPLE_RATE_HZ)) * 0.05
    quiet = np.zeros(int(0.15 * SAMPLE_RATE_HZ))
    return np.concatenate([quiet, tone, noise, quiet])


def quantise(samples: np.ndarray) -> np.ndarray:
    """Rounds to 16-bit steps, so that the stored sound is exactly what was analysed."""
    return np.clip(np.round(samples * 32767), -32768, 32767).astype('<i2')


def main() -> None:
    """Command line entry."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument('--corpus', type=Path, required=True)
    parser.add_argument('--out', type=Path, required=True)
    arguments = parser.parse_args()
    arguments.out.mkdir(parents=True, exist_ok=True)
    woman = read_audio(arguments.corpus / 'kokoro-en/audio/k000000.opus')[: int(2.4 * SAMPLE_RATE_HZ)]
    clips = {
        'synthetic': synthetic_voice(1),
        'speech': woman,
        'quiet-odd-length': (0.01 * woman)[8000:24077],
    }
    index = []
    for name, samples in clips.items():
        stored = quantise(samples)
        with wave.open(str(arguments.out / f'{name}.wav'), 'wb') as file:
            file.setnchannels(1)
            file.setsampwidth(2)
            file.setframerate(SAMPLE_RATE_HZ)
            file.writeframes(stored.tobytes())
        features = compute_features(stored / 32768)
        features.astype('<f4').tofile(arguments.out / f'{name}.features.bin')
        rows = len(features) * 60 // 100 + 8
        network = network_features(features, rows)
        network.astype('<f4').tofile(arguments.out / f'{name}.network.bin')
        index.append({
            'name': name, 'wav': f'{name}.wav', 'sampleCount': len(stored),
            'features': f'{name}.features.bin', 'featureShape': list(features.shape),
            'network': f'{name}.network.bin', 'networkShape': list(network.shape),
        })
    note = 'wav samples / 32768; features float32 little endian at 100 Hz; network = 60-Hz rows with silence past the end'
    (arguments.out / 'index.json').write_text(json.dumps({'note': note, 'clips': index}, indent=2) + '\n')


if __name__ == '__main__':
    main()
