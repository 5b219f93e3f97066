import { BufferGeometry, Float32BufferAttribute, Mesh } from 'three';
import { expect, test } from 'vitest';
import { EXPRESSION_COUNT, expressionIndex } from '../../shared/face/coefficients';
import { followVertex, landmarksOf } from './follow-vertex';

function makeSkin(): Mesh {
  const geometry = new BufferGeometry();
  geometry.setAttribute('position', new Float32BufferAttribute([0, 0, 0, 1, 2, 3], 3));
  geometry.morphAttributes.position = [new Float32BufferAttribute([0, 0, 0, 0, -2, 0], 3), new Float32BufferAttribute([0, 0, 0, 0, 0, 4], 3)];
  const mesh = new Mesh(geometry);
  mesh.morphTargetDictionary = { jawOpen: 0, mouthPucker: 1 };
  return mesh;
}

test('a followed vertex is where the shapes put it, and back at rest', () => {
  const follower = followVertex(makeSkin(), 1);
  const expression = new Float32Array(EXPRESSION_COUNT);
  expression[expressionIndex('jawOpen')] = 0.5;
  expression[expressionIndex('mouthPucker')] = 0.25;
  follower.update(expression);
  expect(follower.point.toArray()).toEqual([1, 1, 4]);
  follower.update(new Float32Array(EXPRESSION_COUNT));
  expect(follower.point.toArray()).toEqual([1, 2, 3]);
});

test('a head without landmarks is refused with a hint', () => {
  expect(() => landmarksOf(makeSkin())).toThrow('where its mouth and lids are');
});
