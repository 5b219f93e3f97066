"""The part of the evaluation page on watching: pictures of clips, picture differences, wrinkles against the rule.

The pictures and `watching.json` come from `tools/evaluation/render-clips.mjs`.
"""

import json
from os.path import relpath
from pathlib import Path


def watching_lines(json_path: Path, page_folder: Path) -> list[str]:
    """Markdown lines of the section; picture paths are relative to the folder of the page."""
    report = json.loads(json_path.read_text(encoding='utf-8'))
    pictures = Path(relpath(json_path.parent, page_folder)).as_posix()
    lines = [
        '## Watching', '',
        'Six recordings that trained nothing, animated by the command line with the shipped networks and drawn with the studio\'s',
        'viewport by `tools/evaluation/render-clips.mjs`. On each sheet: curves with the drawn moments marked; wrinkles off, by the',
        'strain rule alone and as predicted; where predicted differs from off (white, six times) over the regions of the wrinkles in',
        'use (blue); the mouth; one closure frame by frame. The observations come from looking at the pictures at full size; no panel',
        'judged them.', '',
    ]  # fmt: skip
    if not report['areObservationsCurrent']:
        lines += ['**The observations below were written for earlier models.**', '']
    for clip in report['clips']:
        caption = f'{clip["who"]}: "{clip["text"]}"'
        lines += [f'![{caption}]({pictures}/{clip["image"]})', '', f'*{caption}* {clip["observation"]}'.rstrip(), '']
    lines += _difference_lines(report['clips'])
    lines += _wrinkle_lines(report['wrinkles'])
    if report['overall']:
        lines += [report['overall'], '']
    return lines


def _difference_lines(clips: list[dict]) -> list[str]:
    lines = [
        'Difference of the pictures from those without wrinkles, in grey levels of 255, means over the drawn moments; a region is where',
        'the mask of a wrinkle in use is at least 5 %.', '',
        '| clip | wrinkles | difference inside the regions, % | regions, % of the head | mean inside | mean outside | largest outside |',
        '|---|---|---|---|---|---|---|',
    ]  # fmt: skip
    for clip in clips:
        for variant, row in clip['differences'].items():
            shares = f'{100 * row["insideShare"]:.1f} | {100 * row["regionShare"]:.1f}'
            levels = f'{row["meanInside"]:g} | {row["meanOutside"]:g} | {row["largestOutside"]:g}'
            lines.append(f'| {clip["id"]} | {variant} | {shares} | {levels} |')
    return [*lines, '']


def _wrinkle_lines(wrinkles: list[dict]) -> list[str]:
    lines = [
        'Predicted wrinkle weights against the rule on the predicted expression, all frames of the six clips (r: - where one of them is',
        'still; step: largest change from frame to frame at 30 fps).', '',
        '| wrinkle | r | mean predicted | mean by rule | step predicted | step by rule |', '|---|---|---|---|---|---|',
    ]  # fmt: skip
    for row in wrinkles:
        correlation = '-' if row['correlation'] is None else f'{row["correlation"]:g}'
        means = f'{row["meanPredicted"]:g} | {row["meanRule"]:g}'
        lines.append(f'| {row["name"]} | {correlation} | {means} | {row["fastestPredicted"]:g} | {row["fastestRule"]:g} |')
    return [*lines, '']
