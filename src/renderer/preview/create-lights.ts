import {
  BackSide,
  type BufferGeometry,
  Color,
  DirectionalLight,
  Float32BufferAttribute,
  Group,
  HemisphereLight,
  Mesh,
  MeshBasicMaterial,
  PlaneGeometry,
  PMREMGenerator,
  Scene,
  SphereGeometry,
  type Texture,
  Vector3,
  type WebGLRenderer,
} from 'three';
import type { Lamp, LightSetup } from './light-setups';

/** Middle of what the shadow of the key lamp has to hold, metres, and half its size. */
const SHADOW_CENTRE = new Vector3(0, 0.1, 0.02);
const SHADOW_HALF_METRES = 0.19;
const LAMP_DISTANCE_METRES = 1.2;
const ROOM_BLUR = 0.03;
/** Brightness of the walls of the room that is reflected; the cards are brighter. */
const WALL_BRIGHTNESS = 0.6;

/** The lamps of a set-up. Without a room (`hasRoom` false) sky and ground have to fill in; without shadows the key lamp shines through. */
export function createLights(setup: LightSetup, hasRoom: boolean, hasShadow: boolean): Group {
  const group = new Group();
  const key = createLamp(setup.key);
  if (hasShadow) throwShadow(key);
  const surround = new HemisphereLight(setup.sky, setup.ground, hasRoom ? setup.surround : setup.surroundAlone);
  for (const light of [key, ...setup.others.map(createLamp)]) group.add(light, light.target);
  group.add(surround);
  return group;
}

function createLamp({ from, colour, intensity }: Lamp): DirectionalLight {
  const light = new DirectionalLight(colour, intensity);
  light.position
    .set(...from)
    .setLength(LAMP_DISTANCE_METRES)
    .add(SHADOW_CENTRE);
  light.target.position.copy(SHADOW_CENTRE);
  return light;
}

function throwShadow(light: DirectionalLight): void {
  const { shadow } = light;
  light.castShadow = true;
  // Few texels: the shadow is softened over some of them.
  shadow.mapSize.set(1024, 1024);
  Object.assign(shadow.camera, {
    left: -SHADOW_HALF_METRES,
    right: SHADOW_HALF_METRES,
    top: SHADOW_HALF_METRES,
    bottom: -SHADOW_HALF_METRES,
    near: LAMP_DISTANCE_METRES - 0.3,
    far: LAMP_DISTANCE_METRES + 0.3,
  });
  shadow.camera.updateProjectionMatrix();
  shadow.bias = -0.0008;
  shadow.normalBias = 0.0012;
  shadow.radius = 5;
}

/** The room of a set-up as the head reflects it; dispose of it after use. */
export function createRoom(gl: WebGLRenderer, setup: LightSetup): Texture {
  const scene = new Scene();
  const walls = new SphereGeometry(6, 24, 16);
  const [sky, ground, colour] = [new Color(setup.sky), new Color(setup.ground), new Color()];
  const heights = walls.getAttribute('position');
  const colours: number[] = [];
  for (let i = 0; i < heights.count; i++) {
    const share = Math.min(1, Math.max(0, 0.5 + heights.getY(i) / 5));
    colours.push(...colour.copy(ground).lerp(sky, share).multiplyScalar(WALL_BRIGHTNESS).toArray());
  }
  walls.setAttribute('color', new Float32BufferAttribute(colours, 3));
  const meshes: Mesh<BufferGeometry, MeshBasicMaterial>[] = [new Mesh(walls, new MeshBasicMaterial({ side: BackSide, vertexColors: true }))];
  for (const card of setup.cards) {
    const mesh = new Mesh(new PlaneGeometry(...card.size), new MeshBasicMaterial({ color: new Color(card.colour).multiplyScalar(card.brightness) }));
    mesh.position.set(...card.at);
    mesh.lookAt(0, 0, 0);
    meshes.push(mesh);
  }
  scene.add(...meshes);
  const generator = new PMREMGenerator(gl);
  const { texture } = generator.fromScene(scene, ROOM_BLUR);
  generator.dispose();
  for (const { geometry, material } of meshes) {
    geometry.dispose();
    material.dispose();
  }
  return texture;
}
