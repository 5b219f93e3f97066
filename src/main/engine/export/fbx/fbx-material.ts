import type { ExportImage, ExportMaterial } from '../../../../shared/export-model/export-scene';
import { int, node, objectName, properties70, raw, record } from './fbx-node';
import type { FbxObjects } from './fbx-objects';

/** Writes a material with its colour and normal pictures embedded; a picture that `textureIds` already has is shared. Returns the material's id. */
export function writeMaterial(objects: FbxObjects, material: ExportMaterial, textureIds: Map<ExportImage, bigint>): bigint {
  // Phong has no roughness: the exponent that gives a highlight of the same width.
  const exponent = Math.min(1000, Math.max(1, 2 / Math.max(material.roughness, 0.05) ** 4 - 2));
  const [red, green, blue] = material.baseColor;
  const materialId = objects.add('Material', objectName(material.name, 'Material'), '', [
    node('Version', [int(102)]),
    node('ShadingModel', ['phong']),
    node('MultiLayer', [int(0)]),
    properties70(
      record('DiffuseColor', 'Color', '', 'A', red, green, blue),
      record('DiffuseFactor', 'Number', '', 'A', 1),
      record('SpecularColor', 'Color', '', 'A', 0.2, 0.2, 0.2),
      record('SpecularFactor', 'Number', '', 'A', 0.5),
      record('Shininess', 'Number', '', 'A', exponent),
      record('ShininessExponent', 'Number', '', 'A', exponent),
      record('ReflectionFactor', 'Number', '', 'A', 0),
      record('BumpFactor', 'double', 'Number', '', 1),
    ),
  ]);
  if (material.baseColorImage !== null) objects.connectToProperty(writeTexture(objects, material.baseColorImage, textureIds), materialId, 'DiffuseColor');
  if (material.normalImage !== null) objects.connectToProperty(writeTexture(objects, material.normalImage, textureIds), materialId, 'NormalMap');
  return materialId;
}

function writeTexture(objects: FbxObjects, image: ExportImage, textureIds: Map<ExportImage, bigint>): bigint {
  const existing = textureIds.get(image);
  if (existing !== undefined) return existing;
  const path = `textures/${image.name}.${image.mimeType === 'image/png' ? 'png' : 'jpg'}`;
  const videoId = objects.add('Video', objectName(image.name, 'Video'), 'Clip', [
    node('Type', ['Clip']),
    properties70(record('Path', 'KString', 'XRefUrl', '', path)),
    node('UseMipMap', [int(0)]),
    node('Filename', [path]),
    node('RelativeFilename', [path]),
    node('Content', [raw(image.bytes)]),
  ]);
  const textureId = objects.add('Texture', objectName(image.name, 'Texture'), '', [
    node('Type', ['TextureVideoClip']),
    node('Version', [int(202)]),
    node('TextureName', [objectName(image.name, 'Texture')]),
    properties70(record('UVSet', 'KString', '', '', 'UVMap'), record('UseMaterial', 'bool', '', '', int(1))),
    node('Media', [objectName(image.name, 'Video')]),
    node('FileName', [path]),
    node('RelativeFilename', [path]),
    node('ModelUVTranslation', [0, 0]),
    node('ModelUVScaling', [1, 1]),
    node('Texture_Alpha_Source', ['None']),
    node('Cropping', [int(0), int(0), int(0), int(0)]),
  ]);
  objects.connect(videoId, textureId);
  textureIds.set(image, textureId);
  return textureId;
}
