import json
import re
from pathlib import Path

import numpy as np
import pytest

import synthesise_speech
from vividtalker import data_sheet
from vividtalker.english_phonemes import spelled_out
from vividtalker.espeak_phonemes import EspeakPhonemes, network_symbols
from vividtalker.ipa_phones import ipa_phone
from vividtalker.kokoro_network import PUNCTUATION, SAMPLE_RATE_HZ, STEP_SAMPLES, VOCABULARY
from vividtalker.kokoro_times import LEAD_SECONDS, phones_of, snap_pauses
from vividtalker.phones import PHONE_INDEX
from vividtalker.speech_folder import SpeechFolder, read_entries
from vividtalker.synthesis_plan import SpeechSet, load_sets, planned
from vividtalker.synthesis_texts import all_texts, has_held_out_text, held_out_texts, texts_of

TRAINING = Path(__file__).parents[1]
HELD_OUT_VOICES = {
    'af_nova', 'am_puck', 'bf_emma', 'bm_lewis', 'af_sky', 'am_liam', 'em_alex', 'ff_siwis', 'im_nicola', 'pm_alex', 'hf_alpha',
}  # fmt: skip


def small_set(seed: int = 3, minutes: float = 0.2) -> SpeechSet:
    return SpeechSet('small', 'train', 'es', 'train', ('a', 'b', 'c'), minutes, seed, 's')


def tone(seconds_of_sound: list[tuple[float, float]], total: float) -> np.ndarray:
    time = np.arange(int(total * SAMPLE_RATE_HZ)) / SAMPLE_RATE_HZ
    audio = np.zeros_like(time)
    for start, end in seconds_of_sound:
        inside = (time >= start) & (time < end)
        audio[inside] = 0.5 * np.sin(2 * np.pi * 200 * time[inside])
    return audio


class ToneNetwork:
    """Stands for the speech network: four steps for each token, a tone between the paddings."""

    def speak(self, tokens: str, voice: str, speed: float) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
        steps = np.full(len(tokens) + 2, 4)
        audio = tone([(0.1, len(tokens) * 0.1)], len(steps) * 0.1) * 2.2
        return audio, steps, np.full(len(steps) * 8, 120.4)


def speak(folder: Path, speech: SpeechSet, minutes: float) -> None:
    phonemes = EspeakPhonemes('es', lambda clause, language: re.sub('[^a-fh-z ]', 'ɲ', clause.lower()))
    written = SpeechFolder(folder, speech.identity())
    synthesise_speech.synthesise(speech, written, minutes, ToneNetwork(), phonemes)


def test_phones_join_stress_and_length_and_share_the_word_space() -> None:
    tokens = '^tˈuː mɑ̃, a.$'
    steps = [6, 2, 1, 3, 1, 2, 2, 3, 1, 2, 2, 2, 2, 4]
    assert len(tokens) == len(steps)
    phones, words = phones_of(tokens, steps, sum(steps) * 0.025)
    assert [phone[0] for phone in phones] == ['_', 't', 'ˈuː', 'm', 'ɑ̃', '_', 'a', '_']
    starts = {phone[0]: phone[1:] for phone in phones[:5]}
    assert starts['t'] == [pytest.approx(6 * 0.025 - LEAD_SECONDS), pytest.approx(8 * 0.025 - LEAD_SECONDS)]
    assert starts['ˈuː'] == [pytest.approx(8 * 0.025 - LEAD_SECONDS), pytest.approx(14 * 0.025 - LEAD_SECONDS)]
    assert starts['m'][0] == pytest.approx(14 * 0.025 - LEAD_SECONDS)
    assert words == [[1, 2], [3, 4], [6, 6]]
    assert phones[0][1] == 0 and phones[-1][2] == pytest.approx(sum(steps) * 0.025)
    assert all(before[2] == after[1] for before, after in zip(phones, phones[1:], strict=False))


def test_pause_edges_move_to_the_sound() -> None:
    phones = [['_', 0.0, 0.2], ['a', 0.2, 0.6], ['_', 0.6, 0.9], ['p', 0.9, 1.1], ['_', 1.1, 1.5]]
    snap_pauses(phones, tone([(0.3, 0.5), (1.0, 1.2)], 1.5))
    assert phones[1][1:] == [pytest.approx(0.3, abs=0.011), pytest.approx(0.5, abs=0.011)]
    assert phones[3][1] == pytest.approx(0.95, abs=0.011), 'a stop keeps 50 ms of silent closure'
    assert phones[3][2] == pytest.approx(1.2, abs=0.011) and phones[0][2] == phones[1][1] and phones[2] == ['_', phones[1][2], phones[3][1]]


def test_pause_that_sounds_throughout_stays() -> None:
    phones = [['a', 0.0, 0.4], ['_', 0.4, 0.5], ['a', 0.5, 1.0]]
    snap_pauses(phones, tone([(0, 1)], 1))
    assert phones[1] == ['_', 0.4, 0.5]


def test_plan_is_a_pure_function_and_uses_every_voice_and_sentence_before_any_again() -> None:
    sentences = [f'{number}.' for number in range(7)]
    plan = [planned(5, index, sentences, ('a', 'b', 'c')) for index in range(21)]
    assert plan == [planned(5, index, sentences, ('a', 'b', 'c')) for index in range(21)]
    assert plan != [planned(6, index, sentences, ('a', 'b', 'c')) for index in range(21)]
    for start in range(0, 21, 3):
        assert {spoken.voice for spoken in plan[start : start + 3]} == {'a', 'b', 'c'}
    for start in range(0, 21, 7):
        assert {spoken.text.split()[0] for spoken in plan[start : start + 7]} == set(sentences)
    assert any(' ' in spoken.text for spoken in plan)


def test_plan_equals_the_one_of_the_first_corpus() -> None:
    speech = next(speech for speech in load_sets(TRAINING / 'configs/speech.toml') if speech.folder == 'en')
    assert speech.identity()['texts_sha256'] == 'f0a20cbdfbfe51060d1f8d5291c67709c75776f3a16b194abfdcdec1ae1a9b05'
    spoken = planned(speech.seed, 0, speech.sentences, speech.voices)
    assert spoken.text == 'Please, have you seen a pair of boots anywhere near the upper bridge?'
    assert (spoken.voice, spoken.speed) == ('am_echo', 1.183)


def test_no_training_set_uses_a_held_out_text_or_voice() -> None:
    sets = load_sets(TRAINING / 'configs/speech.toml')
    assert {speech.folder for speech in sets if speech.texts == 'all'} == {'kokoro-en-1', 'kokoro-en-3', 'kokoro-heldout-voices'}
    for speech in sets:
        if speech.part == 'train':
            assert not HELD_OUT_VOICES & set(speech.voices) and speech.language != 'fr'
            assert speech.texts == 'all' or not any(has_held_out_text(text, speech.language) for text in speech.sentences)
        else:
            assert set(speech.voices) <= HELD_OUT_VOICES
        if speech.part == 'test':
            assert set(speech.sentences) <= held_out_texts(speech.language)
    assert {speech.folder for speech in sets if speech.part == 'test'} > {'en-test', 'lang-test/fr'}
    assert len({speech.prefix for speech in sets}) == len(sets)


def test_texts_are_split_without_rest() -> None:
    assert len(held_out_texts('en')) == 133 and held_out_texts('en') < set(all_texts('en'))
    assert not texts_of('fr', 'train')
    for language in ('es', 'it', 'pt', 'hi'):
        train, held_out = texts_of(language, 'train'), texts_of(language, 'held-out')
        assert sorted(train + held_out) == sorted(all_texts(language)) and len(set(train + held_out)) == len(train + held_out)
        assert 0.35 < len(train) / len(train + held_out) < 0.65
    with pytest.raises(ValueError, match='no texts'):
        SpeechSet('x', 'train', 'fr', 'train', ('ff_siwis',), 1, 1, 'x')
    with pytest.raises(ValueError, match='held-out texts only'):
        SpeechSet('x', 'test', 'es', 'all', ('em_alex',), 1, 1, 'x')


@pytest.mark.parametrize(
    ('ipa', 'language', 'symbols'),
    [
        ('mˈut^ʃo βˈino', 'es', 'mˈuʧo βˈino'),
        ('bɔ̃ʒˈuʁ lə- (en)wˈiːkˈɛnd(fr)', 'fr', 'bɔ\u0303ʒˈuʁ lə wˈiːkˈɛnd'),
        ('sˈõ', 'fr', 'sˈo\u0303'),
        ('d^zˈupːa fad^ʒˈɔlɪ', 'it', 'ʣˈupːa faʤˈɔlɪ'),
        ('fe^ɪʒˈɐ̃^ʊ̃ d^ʒy mˈiɲæ', 'pt', 'fAʒˈɐ\u0303ʊ\u0303 ʤɪ mˈiɲɐ'),
        ('tʰˈoːr.aː', 'hi', 'tʰˈoːɽaː'),
        ('  kˈaza \n dˈɛl ', 'it', 'kˈaza dˈɛl'),
    ],
)
def test_espeak_output_becomes_network_symbols(ipa: str, language: str, symbols: str) -> None:
    assert network_symbols(ipa, language) == symbols
    assert set(symbols) <= VOCABULARY.keys()


def test_clauses_keep_their_punctuation_and_words() -> None:
    heard = []

    def run(clause: str, language: str) -> str:
        heard.append((clause, language))
        return clause.lower()

    tokens, words = EspeakPhonemes('es', run)('¡Uf, no! ¿Vienes?', 'em_alex')
    assert tokens == 'uf, no! vienes?' and words == ['Uf', 'no', 'Vienes']
    assert heard == [('Uf', 'es'), ('no', 'es'), ('Vienes', 'es')]
    assert EspeakPhonemes('hi', run)('नाम। काम।', 'hf_alpha')[0].count('.') == 2


def test_every_network_sound_has_a_phone_chosen_by_the_lips() -> None:
    not_sounds = PUNCTUATION | set(' ˈˌːʰʲ\u0303ᵝꭧ↓→↗↘')
    assert {symbol for symbol in VOCABULARY if symbol not in not_sounds and ipa_phone(symbol) is None} == set()
    assert {ipa_phone(symbol) for symbol in VOCABULARY if symbol not in not_sounds} <= PHONE_INDEX.keys()
    expected = {'ˈɔ̃': 'AO', 'bʰ': 'B', 'pː': 'P', 'ɾ': 'D', 'ʁ': 'HH', 'ɥ': 'W', 'ʎ': 'Y', 'y': 'UW', 'ɲ': 'N', '_': 'SIL', '£': None}
    assert {symbol: ipa_phone(symbol) for symbol in expected} == expected
    assert ipa_phone('β') not in ('B', 'V')


def test_words_missing_in_the_dictionaries_are_spelled_out() -> None:
    assert spelled_out('Zoe popped in, zoe.', False) == '[Zoe](/zˈOi/) [popped](/pˈɑpt/) in, zoe.'
    assert spelled_out('Zoe', True) == '[Zoe](/zˈQi/)'


def without_sound(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr('vividtalker.speech_folder.write_opus', lambda path, audio: (path.write_bytes(b'x'), ('pcm', 'file'))[1])


def test_torn_line_is_made_again_and_the_result_equals_an_unbroken_run(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    without_sound(monkeypatch)
    whole, torn = tmp_path / 'whole', tmp_path / 'torn'
    speak(whole, small_set(), 0.4)
    speak(torn, small_set(), 0.2)
    lines = (torn / 'utts.jsonl').read_bytes()
    (torn / 'utts.jsonl').write_bytes(lines[:-25])
    speak(torn, small_set(), 0.4)
    assert (torn / 'utts.jsonl').read_bytes() == (whole / 'utts.jsonl').read_bytes()
    assert len(read_entries(whole / 'utts.jsonl')) > 3


def test_entry_has_the_format_of_the_corpus(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    without_sound(monkeypatch)
    speak(tmp_path, small_set(), 0.1)
    entry = read_entries(tmp_path / 'utts.jsonl')[0]
    keys = 'id file voice speed text sr dur tokens frames lead phones words f0 pcm_sha256 sha256'.split()
    assert list(entry) == keys and entry['id'] == 's000000' and entry['file'] == 'audio/s000000.opus'
    assert len(entry['frames']) == len(entry['tokens']) and sum(entry['frames']) * STEP_SAMPLES == round(entry['dur'] * SAMPLE_RATE_HZ)
    assert entry['f0'][0] == 120 and entry['words'][0][0]


def test_unknown_symbols_are_skipped_and_noted(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    without_sound(monkeypatch)
    speech = small_set()
    folder = SpeechFolder(tmp_path, speech.identity())
    with pytest.raises(ValueError, match='too many'):
        synthesise_speech.synthesise(speech, folder, 1000, ToneNetwork(), lambda text, voice: ('£', []))
    skipped = read_entries(tmp_path / 'skipped.jsonl')
    assert len(skipped) > 20 and skipped[0]['unknown'] == ['£']
    assert SpeechFolder(tmp_path, speech.identity()).skipped == len(skipped)


def test_folder_of_another_plan_is_refused(tmp_path: Path) -> None:
    SpeechFolder(tmp_path, small_set(seed=1).identity())
    with pytest.raises(ValueError, match='another plan'):
        SpeechFolder(tmp_path, small_set(seed=2).identity())


def test_data_sheet_counts_what_was_written(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    without_sound(monkeypatch)
    monkeypatch.setattr(data_sheet, '_versions', lambda language: {'espeak-ng': '1'})
    for voice in 'abc':
        (tmp_path / f'{voice}.bin').write_bytes(voice.encode())
    speak(tmp_path / 'set', small_set(), 0.2)
    data_sheet.write_data_sheet(tmp_path / 'set', small_set(), tmp_path)
    sheet = json.loads((tmp_path / 'set/datasheet.json').read_text())
    assert sheet['minutes'] >= 0.2 and set(sheet['voice_sha256']) == {'a', 'b', 'c'} and sheet['skipped'] == 0
    assert sum(sheet['minutes_of_voice'].values()) == pytest.approx(sheet['minutes'], abs=0.03)
    text = (tmp_path / 'set/datasheet.md').read_text()
    assert 'Apache-2.0' in text and 'GPL-3.0' in text and sheet['utts_sha256'] in text
