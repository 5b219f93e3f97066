"""Opens exported files in Blender and writes what Blender sees as JSON.

Usage: blender -b --factory-startup --python-exit-code 3 --python blender_check.py -- jobs.json report.json
jobs.json: [{"file", "format": "fbx" | "glb", "take": name, "framesPerSecond", "frames": [indices to deform]}]
Positions are centimetres in the axes of the product (Y up, +Z front). Key times are frames counted from 0.
"""

import json
import sys

import bpy
import numpy

# Blender 3.4's glTF importer still uses a name that newer numpy dropped.
numpy.bool = bool


def open_file(job):
    """Imports one file into an empty scene and returns the scene's first key frame (FBX starts at 1, glTF at 0)."""
    bpy.ops.wm.read_factory_settings(use_empty=True)
    if job["format"] == "fbx":
        bpy.ops.import_scene.fbx(filepath=job["file"])
        return 1
    bpy.context.scene.render.fps = job["framesPerSecond"]
    bpy.ops.import_scene.gltf(filepath=job["file"])
    return 0


def use_take(take):
    """Makes every animated thing play the action of one take."""
    for owner in [*bpy.data.objects, *bpy.data.shape_keys]:
        data = owner.animation_data
        if data is None:
            continue
        # glTF takes come as muted tracks named after the take, FBX takes as actions "owner|take|layer".
        actions = {track.name: track.strips[0].action for track in data.nla_tracks}
        if take not in actions:
            owner_name = data.action.name.split("|")[0]
            actions[take] = bpy.data.actions[f"{owner_name}|{take}|BaseLayer"]
        for track in data.nla_tracks:
            track.mute = True
        data.action = actions[take]


def deformed(mesh_object, scene_frame):
    """Vertices of an object after shape keys and bones, flat, centimetres."""
    bpy.context.scene.frame_set(scene_frame)
    evaluated = mesh_object.evaluated_get(bpy.context.evaluated_depsgraph_get())
    matrix = numpy.array(evaluated.matrix_world, dtype=float)
    points = numpy.empty(len(evaluated.data.vertices) * 3, dtype=numpy.float64)
    evaluated.data.vertices.foreach_get("co", points)
    world = points.reshape(-1, 3) @ matrix[:3, :3].T + matrix[:3, 3]
    return (world[:, [0, 2, 1]] * [100, 100, -100]).ravel().tolist()


def rest(mesh_object):
    """Vertices at rest, flat, centimetres."""
    matrix = numpy.array(mesh_object.matrix_world, dtype=float)
    points = numpy.empty(len(mesh_object.data.vertices) * 3, dtype=numpy.float64)
    mesh_object.data.vertices.foreach_get("co", points)
    world = points.reshape(-1, 3) @ matrix[:3, :3].T + matrix[:3, 3]
    return (world[:, [0, 2, 1]] * [100, 100, -100]).ravel().tolist()


def describe_mesh(mesh_object, first_frame, job):
    """Shape keys with their key frames, and positions at rest and at the wanted frames."""
    keys = mesh_object.data.shape_keys
    curves = {}
    if keys is not None and keys.animation_data is not None:
        for curve in keys.animation_data.action.fcurves:
            name = curve.data_path.split('"')[1]
            curves[name] = [[point.co[0] - first_frame, point.co[1]] for point in curve.keyframe_points]
    return {
        "name": mesh_object.data.name,
        "shapeKeys": [] if keys is None else [block.name for block in keys.key_blocks[1:]],
        "curves": curves,
        "rest": rest(mesh_object),
        "deformed": [deformed(mesh_object, first_frame + frame) for frame in job["frames"]],
        "userProperties": {name: mesh_object[name] for name in mesh_object.keys() if isinstance(mesh_object[name], str)},
    }


def describe(job):
    """Everything the test compares about one file."""
    first_frame = open_file(job)
    use_take(job["take"])
    render = bpy.context.scene.render
    meshes = [item for item in bpy.data.objects if item.type == "MESH"]
    return {
        "framesPerSecond": render.fps / render.fps_base,
        "bones": [bone.name for armature in bpy.data.armatures for bone in armature.bones],
        "actions": sorted(action.name for action in bpy.data.actions),
        "lastKeyFrames": sorted({action.frame_range[1] - first_frame for action in bpy.data.actions}),
        "images": [{"name": image.name, "size": list(image.size), "packed": image.packed_file is not None} for image in bpy.data.images],
        "meshes": [describe_mesh(item, first_frame, job) for item in meshes if not item.name.startswith("Icosphere")],
    }


jobs_path, report_path = sys.argv[sys.argv.index("--") + 1:]
with open(jobs_path, encoding="utf-8") as source:
    jobs = json.load(source)
with open(report_path, "w", encoding="utf-8") as target:
    json.dump([describe(job) for job in jobs], target)
