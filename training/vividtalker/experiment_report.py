"""The generated section on the paper's experiments: tables, plots and what follows, from result files only."""

from pathlib import Path

from .experiment_long_report import long_lines
from .experiment_plots import DESIGNS_PLOT, REAL_TIME_MS, WINDOW_ORDER, WINDOWS_PLOT, plot_designs, plot_windows
from .experiment_table import HEAD_COLUMNS, MOUTH_COLUMNS, Column, cell, read_results, table, value_of, values_of, verdict

_QUALITY = tuple(column for column in (*HEAD_COLUMNS, *MOUTH_COLUMNS) if column.better)


def _single(result: dict, path: str, digits: int = 2) -> str:
    return cell([result], Column('', path, digits))


def setup_lines(designs: dict[str, list[dict]], others: dict[str, dict]) -> list[str]:
    """What was trained on what, how long, and how to repeat it."""
    every = [result for results in designs.values() for result in results]
    first = every[0]
    cpu = sum(result['cpuMinutes']['all'] for result in every)
    lines = [
        'Made by `training/experiments.py` (`data`, `run`, `rule`, `controls`, `long`, `report`) on small networks; the shipped ones',
        'are the row "ours, full". Mean ± sd over training seeds where there are several; ± 0 never means certainty, it means few seeds.',
        '', f'Data `{first["dataHash"][:16]}`: synthetic voices, sentences of one talker joined to takes of half a minute, motion of the',
        f'teachers over each whole take; {first["testSeconds"] / 60:.0f} min of voices outside training (validation and test parts:',
        'nothing is chosen here) are scored.',
        'The schedule is shortened and the same for all designs (steps below; tokens per step are about equal too), so figures are far',
        f'below the full networks and only rank designs. All {len(every)} runs together took {cpu:.0f} CPU-minutes.', '',
    ]  # fmt: skip
    rows = []
    for name, results in designs.items():
        streams = results[0]['streams']
        steps = {f'{r["streams"][s]["steps"]["tokenizer"]} + {r["streams"][s]["steps"]["predictor"]}' for r in results for s in streams}
        weights = sum(stream['parameters']['tokenizer'] + stream['parameters']['predictor'] for stream in streams.values())
        bits = ' + '.join(f'{stream["bitsPerSecond"]:.0f} ({kind})' for kind, stream in streams.items())
        seeds = ', '.join(str(result['seed']) for result in results)
        rows.append([name, results[0]['label'], seeds, ', '.join(sorted(steps)), f'{weights / 1e6:.2f}', bits])
    return [*lines, *table(['design', 'what', 'seeds', 'steps tokenizer + predictor', 'million values', 'bit/s'], rows)]


def reconstruction_lines(designs: dict[str, list[dict]], others: dict[str, dict]) -> list[str]:
    """E1."""
    columns = (
        Column('head RMSE deg pitch / yaw / roll', 'reconstruction.headRmseDegrees'),
        Column('head velocity ratio', 'reconstruction.headVelocityRatio'),
        Column('lip gap RMSE mm', 'reconstruction.gapRmseMm'),
        Column('closures of the decoded teacher %', 'reconstruction.closedPercent', 1),
    )  # fmt: skip
    groups = dict(designs)
    if 'ours' in others:
        groups['ours, full'] = [others['ours']]
    rows = []
    for name, results in groups.items():
        if name.startswith('window') or name == 'causal':
            continue  # tokenizers of the base
        uses = [
            f'{kind} ' + ', '.join(f'{group["used"]} ({group["perplexity"]:.0f})' for group in stream)
            for kind, stream in results[0]['reconstruction']['codes'].items()
        ]
        rows.append([name, *(cell(results, column) for column in columns), '; '.join(uses)])
    teacher = value_of(others.get('controls', {}), 'rows.teacher drawn again.mouth.lips.closedPercent')
    header = ['design', *(column.heading for column in columns), 'codes used (perplexity), first seed']
    marks = f'Marks: head <= 0.6 deg, velocity >= 0.9, closures within 2 points of the teacher ({teacher} %).'
    return ['### E1: what the tokenizers lose', '', marks, '', *table(header, rows)]


def rule_lines(others: dict[str, dict]) -> list[str]:
    """E2."""
    if 'rule' not in others:
        return []
    rule = others['rule']
    rows = [
        [str(run['seed']), f'{100 * run["accuracy"]:.1f}', f'{100 * run["shuffled"]:.1f}', str(run['lockedCodesEqual']),
         str(run['framesOutOfReachEqual']), str(run['codesChanged'])]
        for run in rule['runs']
    ]  # fmt: skip
    header = [
        'seed', 'right %', 'sound of another sequence %', 'locked codes equal', 'frames out of decoder reach bit-identical',
        'codes changed in the span',
    ]  # fmt: skip
    return [
        '### E2: does the window transformer learn a known rule', '',
        'Codes that follow the sound by a rule (this class and the one before), with one code in ten free:',
        f'ceiling {100 * rule["ceiling"]:.1f} %, chance {100 * rule["chance"]:.1f} %. All tokens hidden,',
        f'{rule["steps"]} steps of a tiny network. Then a third of a sequence is drawn again.', '', *table(header, rows),
    ]  # fmt: skip


def metric_lines(designs: dict[str, list[dict]], others: dict[str, dict]) -> list[str]:
    """The paper's metrics for designs and controls."""
    groups = dict(designs)
    if 'ours' in others:
        groups['ours, full'] = [others['ours']]
    controls = others.get('controls', {}).get('rows', {})
    groups |= {f'control: {name}': [row] for name, row in controls.items()}
    head = [[name, *(cell(results, column) for column in HEAD_COLUMNS)] for name, results in groups.items()]
    mouth = [[name, *(cell(results, column) for column in MOUTH_COLUMNS)] for name, results in groups.items()]
    floor = others.get('controls', {}).get('splitFloor', {})
    floors = ', '.join(f'{kind} {value["mean"]:.3f} (N {value["windows"]})' for kind, value in floor.items())
    windows = sorted({result['head']['frechet']['windows'] for results in groups.values() for result in results})
    return [
        '### The paper\'s metrics', '',
        f'FPD and FED: 2-s windows, hop 0.5 s, 32-value code of an autoencoder trained on teacher motion of training takes; N = {windows},',
        'mean of 5 resamplings, against the teacher on the same takes and styles. LSE: own sync networks (3 seeds) on lip curves,',
        'not comparable with published values. L2 of the head punishes natural variety and a still head wins it.',
        'Beats: pauses of head motion on accents and strong onsets, z over 100 circular shifts.',
        f'Floor, every other teacher take against the rest: {floors}.',
        'Control "teacher drawn again" is the teacher with other random numbers: the best that can be reached.', '',
        '**Head**', '', *table(['design', *(c.heading for c in HEAD_COLUMNS)], head),
        '**Mouth**', '', *table(['design', *(c.heading for c in MOUTH_COLUMNS)], mouth),
    ]  # fmt: skip


def comparison_lines(designs: dict[str, list[dict]], name: str, title: str, note: str) -> list[str]:
    """The base against one design: better, worse or within the noise of the seeds, figure by figure."""
    if name not in designs or 'base' not in designs:
        return []
    rows = [
        [column.heading, cell(designs['base'], column), cell(designs[name], column), verdict(designs['base'], designs[name], column)]
        for column in _QUALITY
    ]
    return [title, '', note, '', *table(['figure', 'base', name, 'base is'], rows)]


def joint_lines(designs: dict[str, list[dict]]) -> list[str]:
    """A1."""
    rows = [
        [name, _worst(designs[name], 'reroll.maxMm'), cell(designs[name], Column('', 'reroll.meanMm', 2))]
        for name in ('base', 'joint')
        if name in designs
    ]
    note = 'Same bits per second and about the same number of values; "better" means by more than twice the pooled sd of the seeds.'
    lines = comparison_lines(designs, 'joint', '### A1: separate against joint', note)
    if not lines:
        return []
    return [
        *lines, 'Lip gap when only the head is drawn again (mm, over takes and seeds):', '',
        *table(['design', 'largest change', 'mean change'], rows),
        'The joint design has one temperature (0.7) for both streams, a limit of its own: the head wants 1.0, the mouth 0.5.', '',
    ]  # fmt: skip


def _worst(results: list[dict], path: str) -> str:
    return f'{values_of(results, path).max():.2f}'


def window_lines(designs: dict[str, list[dict]], image: str | None) -> list[str]:
    """A2."""
    cost = Column('CPU ms per s of sound', 'cpuMsPerSecond', 1)
    quality = [
        c
        for c in _QUALITY
        if c.heading in ('FPD', 'FPD velocity', 'beats over chance, z', 'FED', 'LSE-C', 'lip gap error mm', 'p b m closed %')
    ]
    rows = []
    for name, label in WINDOW_ORDER.items():
        if name in designs:
            speed = 1000 / values_of(designs[name], 'cpuMsPerSecond').mean()
            cells = [cell(designs[name], column) for column in (cost, *quality)]
            rows.append([label, str(len(designs[name])), f'{speed:.0f}', *cells])
    lines = [
        '### A2: window length, and causal attention', '',
        'Cost is CPU time of both streams on one core in this Python program (float32, no batching), so it ranks designs and is no figure',
        f'of the product; the target of 50x real time is {min(REAL_TIME_MS)} ms on one core.',
        'The causal network draws token by token without a cache of keys and values;',
        'with one its cost would fall, its number of passes (one per token) would not.',
        'It hears the sound up to 0.15 s (mouth) and 0.3 s (head) ahead.', '',
        *table(['window', 'seeds', 'x real time, one core', cost.heading, *(c.heading for c in quality)], rows),
    ]  # fmt: skip
    if image:
        lines += [f'![Quality over cost by window length]({image})', '']
    lines += comparison_lines(designs, 'causal', '**Causal against windows of 8 s with full attention**', '')
    return [*lines, *comparison_lines(designs, 'window-2', '**Windows of 2 s against 8 s**', '')]


def wrinkle_lines(others: dict[str, dict]) -> list[str]:
    """E3 in numbers."""
    ours = others.get('ours', {})
    if 'wrinkles' not in ours:
        return []
    rows = []
    for region, row in ours['wrinkles'].items():
        teacher = ours['wrinklesTeacher'][region]
        figures = [
            row['correlation'],
            teacher['correlation'],
            row['predictedMean'],
            row['ruleMean'],
            teacher['predictedMean'],
            row['rmsDifference'],
        ]
        rows.append([region, *('-' if value is None else f'{value:.2f}' for value in figures)])
    header = ['region', 'r with the rule', 'same, teacher', 'mean predicted', 'mean of the rule', 'mean of the teacher', 'rms difference']
    return [
        '### E3: wrinkle weights, predicted against the rule alone', '',
        'The strain rule is applied to the predicted expression; predictions add effort and phrase-level variation.',
        'No scan stands behind the rule: that is the limit in place of the paper\'s pre-trained detail extractor.', '',
        *table(header, rows),
    ]  # fmt: skip


def experiment_lines(folder: Path, image_folder: Path | None) -> list[str]:
    """Markdown lines of the section, without its '## Experiments' heading; draws the plots into `image_folder`."""
    designs, others = read_results(folder)
    if not designs:
        return ['No results yet.', '']
    order = ['base', 'vq', 'vq-reset', 'paper', 'joint', 'causal']
    names = sorted(designs, key=lambda name: (order.index(name) if name in order else 99, len(name), name))
    designs = {name: designs[name] for name in names}
    image: dict[str, str] = {}
    if image_folder is not None:
        controls = others.get('controls', {}).get('rows', {})
        plot_designs(designs, controls, image_folder)
        image = {DESIGNS_PLOT: f'{image_folder.name}/{DESIGNS_PLOT}'}
        if sum(name in WINDOW_ORDER for name in designs) > 1:  # one length alone shows no trend
            plot_windows(designs, image_folder)
            image[WINDOWS_PLOT] = f'{image_folder.name}/{WINDOWS_PLOT}'
    lines = [
        *setup_lines(designs, others), *reconstruction_lines(designs, others), *rule_lines(others), *metric_lines(designs, others),
    ]  # fmt: skip
    if image:
        lines += [f'![Designs and controls]({image[DESIGNS_PLOT]})', '']
    note = "Plain VQ has no reset of dead codes, as in the paper's public code; `vq-reset` has one."
    return [
        *lines, *comparison_lines(designs, 'vq', '**FSQ against VQ with commitment loss**', note),
        *comparison_lines(designs, 'paper', '**Ours, small, against the paper\'s budget**', ''),
        *joint_lines(designs), *window_lines(designs, image.get(WINDOWS_PLOT)), *wrinkle_lines(others), *long_lines(others),
    ]  # fmt: skip


def write_experiment_page(folder: Path, page: Path, image_folder: Path | None) -> None:
    """Writes the section as a page of its own."""
    page.write_text('\n'.join(['## Experiments', '', *experiment_lines(folder, image_folder)]), encoding='utf-8')
