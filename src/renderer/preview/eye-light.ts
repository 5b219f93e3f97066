import type { Matrix3, Vector3 } from 'three';
import type { ShaderPatch } from './shader-patch';

/** What the shader of the eyes has to know of each eye (left, right): centre and edges of the lids in metres on the unturned head, and the turn of the ball. */
export interface EyePlaces {
  readonly centres: readonly Vector3[];
  readonly turns: readonly Matrix3[];
  readonly lidsUpper: readonly Vector3[];
  readonly lidsLower: readonly Vector3[];
}

/**
 * Light in the eyes: the iris lies below a clear cornea that bends the view, is lit like a bowl, and the white is dull beside it; the lids shade the ball, and
 * a wet line stands on the lower lid. Radius 15 mm, iris to 23.5 degrees, picture to 80 degrees from the axis, as the head's eyeballs are built. Needs HEAD_SPACE.
 */
export function eyeLight({ centres, turns, lidsUpper, lidsLower }: EyePlaces): ShaderPatch {
  return {
    name: 'eyes',
    uniforms: {
      eyeCentres: { value: centres },
      eyeTurns: { value: turns },
      lidsUpper: { value: lidsUpper },
      lidsLower: { value: lidsLower },
    },
    fragment: {
      common: DECLARATIONS,
      map_fragment: PICTURE,
      roughnessmap_fragment: 'roughnessFactor = mix(0.30, 0.06, irisShare);',
      normal_fragment_maps: NORMALS,
      lights_physical_pars_fragment: DIRECT,
      lights_fragment_end: 'reflectedLight.indirectDiffuse *= lidShade;\nreflectedLight.indirectSpecular *= lidShade;',
    },
  };
}

const DECLARATIONS = `
uniform vec3 eyeCentres[2];
uniform mat3 eyeTurns[2];
uniform vec3 lidsUpper[2];
uniform vec3 lidsLower[2];
const float BALL_RADIUS = 0.015;
const float IRIS_RADIUS = 0.00598;
const float IRIS_PLANE = 0.0136;
const float PICTURE_ANGLE = 1.3963;
const float LID_HALF_WIDTH = 0.0150;
float irisShare = 0.0;
float lidShade = 1.0;
float wetness = 0.0;
vec3 cornea;
vec3 bowlNormal;

// Height of the edge of a lid above a place, a parabola through its middle that falls to the corners.
float lidEdge(vec3 middle, float height, float x) {
  float away = (x - middle.x) / LID_HALF_WIDTH;
  return middle.y - height * away * away;
}
`;

const PICTURE = `
int eye = vRestPoint.x > 0.0 ? 0 : 1;
vec3 onBall = vRestPoint - eyeCentres[eye];
irisShare = step(0.0, onBall.z) * (1.0 - smoothstep(0.92, 1.12, length(onBall.xy) / IRIS_RADIUS));
cornea = normalize(onBall * vec3(vec2(1.0 + 0.4 * irisShare), 1.0));
vec3 inward = refract(-normalize(toRest(normalize(vViewPosition))), cornea, 0.75);
vec2 behind = onBall.xy + inward.xy * max(onBall.z - IRIS_PLANE, 0.0) / max(-inward.z, 0.25);
vec2 seen = mix(onBall.xy, behind, irisShare);
float seenAngle = asin(min(length(seen) / BALL_RADIUS, 0.999));
vec3 seenColour = texture2D(map, 0.5 + vec2(seen.x, -seen.y) * (0.5 * seenAngle / PICTURE_ANGLE / max(length(seen), 1e-5))).rgb;
diffuseColor.rgb = mix(diffuseColor.rgb, diffuse * seenColour, step(0.0, onBall.z));
bowlNormal = normalize(vec3(-0.75 * seen / IRIS_RADIUS * irisShare, 1.0));
vec3 onHead = eyeCentres[eye] + eyeTurns[eye] * onBall;
vec3 upper = lidsUpper[eye];
vec3 lower = lidsLower[eye];
float opening = max(upper.y - lower.y, 0.0);
float belowUpper = lidEdge(upper, 0.6 * opening, onHead.x) - onHead.y;
float aboveLower = onHead.y - lidEdge(lower, -0.3 * opening, onHead.x);
lidShade = mix(0.32, 1.0, smoothstep(-0.0005, 0.0040, belowUpper)) * mix(0.55, 1.0, smoothstep(-0.0005, 0.0022, aboveLower));
lidShade *= 1.0 - 0.35 * smoothstep(0.6, 1.0, abs(onHead.x - upper.x) / LID_HALF_WIDTH);
wetness = 1.0 - smoothstep(0.0002, 0.0009, aboveLower);
`;

const NORMALS = `
normal = normalize(cornea.x * vRestX + cornea.y * vRestY + cornea.z * vRestZ + wetness * 0.7 * (vRestY + vRestZ));
bowlNormal = mix(normal, normalize(bowlNormal.x * vRestX + bowlNormal.y * vRestY + bowlNormal.z * vRestZ), irisShare);
`;

const DIRECT = `
void RE_Direct_Eye(const in IncidentLight lamp, const in vec3 geometryPosition, const in vec3 geometryNormal, const in vec3 geometryViewDir, const in vec3 geometryClearcoatNormal, const in PhysicalMaterial material, inout ReflectedLight reflectedLight) {
  ReflectedLight hard = ReflectedLight(vec3(0.0), vec3(0.0), vec3(0.0), vec3(0.0));
  RE_Direct_Physical(lamp, geometryPosition, geometryNormal, geometryViewDir, geometryClearcoatNormal, material, hard);
  float facing = clamp((dot(bowlNormal, lamp.direction) + 0.2) / 1.44, 0.0, 1.0) * (1.0 + 0.5 * irisShare);
  reflectedLight.directDiffuse += material.diffuseContribution * RECIPROCAL_PI * lamp.color * facing * lidShade;
  reflectedLight.directSpecular += hard.directSpecular * mix(0.5, 1.0, irisShare) * smoothstep(0.3, 0.6, lidShade);
}
#undef RE_Direct
#define RE_Direct RE_Direct_Eye
`;
