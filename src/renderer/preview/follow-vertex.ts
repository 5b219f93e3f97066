import { type Mesh, Vector3 } from 'three';
import { AppError } from '../../shared/contract/errors';
import { EXPRESSION_COUNT, MORPH_NAMES } from '../../shared/face/coefficients';

/** Vertices of the skin that light in mouth and eyes depends on. */
export interface Landmarks {
  readonly lipUpper: number;
  readonly lipLower: number;
  readonly mouthCorner: number;
  readonly leftLidUpper: number;
  readonly leftLidLower: number;
  readonly rightLidUpper: number;
  readonly rightLidLower: number;
}

/** The landmarks that the skin names in its extras. */
export function landmarksOf(skin: Mesh): Landmarks {
  const landmarks = skin.userData['landmarks'] as Landmarks | undefined;
  if (!landmarks) throw new AppError('internal', 'The head does not say where its mouth and lids are.', 'Reinstall the studio: its head file is damaged.');
  return landmarks;
}

/** A vertex of the skin on the unturned head, metres. */
export interface Follower {
  readonly point: Vector3;
  /** Moves the point to where the expression (52 weights) puts it. */
  update(expression: Float32Array): void;
}

/** Follows one vertex through the shapes of the face. */
export function followVertex(skin: Mesh, vertex: number): Follower {
  const rest = new Vector3().fromBufferAttribute(skin.geometry.getAttribute('position'), vertex);
  const targets = skin.geometry.morphAttributes.position ?? [];
  const moves: { readonly weight: number; readonly move: Vector3 }[] = [];
  for (const [name, target] of Object.entries(skin.morphTargetDictionary ?? {})) {
    const weight = MORPH_NAMES.indexOf(name);
    const attribute = targets[target];
    if (!attribute || weight < 0 || weight >= EXPRESSION_COUNT) continue;
    const move = new Vector3().fromBufferAttribute(attribute, vertex);
    if (move.lengthSq() > 0) moves.push({ weight, move });
  }
  const point = rest.clone();
  return {
    point,
    update: (expression) => {
      point.copy(rest);
      for (const { weight, move } of moves) point.addScaledVector(move, expression[weight] ?? 0);
    },
  };
}
