import type { Vector3 } from 'three';
import type { ShaderPatch } from './shader-patch';

/** The opening between the lips: middle of both lips and left corner, in metres on the unturned head. */
export interface MouthOpening {
  readonly upper: Vector3;
  readonly lower: Vector3;
  readonly corner: Vector3;
}

/** How much of the lit skin around it a mouth sends back to itself: red. */
const BOUNCE = 'vec3(0.55, 0.22, 0.18)';

/**
 * Light inside the mouth: lamps and surroundings reach teeth, tongue and gums only through the opening of the lips, taken as an ellipse with soft edges.
 * `isInside` is GLSL for the share of a fragment that lies in the mouth. Needs HEAD_SPACE.
 */
export function mouthLight(opening: MouthOpening, isInside: string): ShaderPatch {
  return {
    name: `mouth ${isInside}`,
    uniforms: { lipUpper: { value: opening.upper }, lipLower: { value: opening.lower }, lipCorner: { value: opening.corner } },
    fragment: {
      common: DECLARATIONS,
      lights_physical_pars_fragment: DIRECT,
      map_fragment: `mouthShare = ${isInside};`,
      lights_fragment_end: INDIRECT,
    },
  };
}

const DECLARATIONS = `
uniform vec3 lipUpper;
uniform vec3 lipLower;
uniform vec3 lipCorner;
float mouthShare = 0.0;

// Share of the light from one direction (axes of the head) that comes through the lips.
float throughLips(vec3 towards) {
  vec3 across = lipUpper - lipLower;
  vec3 centre = 0.5 * (lipUpper + lipLower);
  // The head itself keeps lamps behind it from the edges of the lips.
  vec2 off = (vRestPoint.xy - centre.xy) / vec2(max(lipCorner.x, 0.008) + 0.006, max(0.5 * across.y, 0.0) + 0.008);
  float fromBehind = mix(smoothstep(-0.1, 0.3, towards.z), 1.0, smoothstep(0.8, 1.3, length(off)));
  if (mouthShare == 0.0) return fromBehind;
  vec3 outward = normalize(vec3(0.0, -across.z, abs(across.y) + 0.004));
  float depth = dot(centre - vRestPoint, outward);
  float along = dot(towards, outward);
  float travel = max(depth, 0.0) / max(along, 0.08);
  vec3 hit = vRestPoint + towards * travel - centre;
  float softness = 0.0012 + 0.22 * travel;
  vec2 size = vec2(max(lipCorner.x, 0.008), max(0.5 * across.y, 0.0));
  vec2 place = vec2(hit.x, dot(hit, vec3(0.0, outward.z, -outward.y))) / (size + 0.5 * softness);
  float blur = clamp(softness / (size.y + softness), 0.15, 0.95);
  float open = 1.0 - smoothstep(1.0 - blur, 1.0 + blur, length(place));
  open *= size.y / (size.y + 0.25 * softness) * smoothstep(0.02, 0.2, along);
  return fromBehind * mix(1.0, open, mouthShare * smoothstep(0.0, 0.003, depth));
}

// Share of the surroundings that is seen through the lips.
float openSky(vec3 restNormal) {
  if (mouthShare == 0.0) return 1.0;
  vec3 across = lipUpper - lipLower;
  vec3 towards = 0.5 * (lipUpper + lipLower) + vec3(0.0, 0.0, 0.002) - vRestPoint;
  float area = 3.1416 * max(lipCorner.x, 0.008) * max(0.5 * across.y, 0.0);
  float squared = dot(towards, towards);
  float facing = 0.45 + 0.55 * dot(restNormal, towards) * inversesqrt(max(squared, 1e-8));
  return mix(1.0, max(facing, 0.0) * area / (area + 1.5 * squared + 1e-5), mouthShare * smoothstep(-0.001, 0.004, towards.z));
}
`;

const DIRECT = `
#ifndef RE_DIRECT_SURFACE
#define RE_DIRECT_SURFACE RE_Direct_Physical
#endif
void RE_Direct_Mouth(const in IncidentLight lamp, const in vec3 geometryPosition, const in vec3 geometryNormal, const in vec3 geometryViewDir, const in vec3 geometryClearcoatNormal, const in PhysicalMaterial material, inout ReflectedLight reflectedLight) {
  IncidentLight dimmed = lamp;
  dimmed.color *= throughLips(toRest(lamp.direction));
  RE_DIRECT_SURFACE(dimmed, geometryPosition, geometryNormal, geometryViewDir, geometryClearcoatNormal, material, reflectedLight);
}
#undef RE_Direct
#define RE_Direct RE_Direct_Mouth
`;

const INDIRECT = `
float mouthSky = openSky(toRest(geometryNormal));
reflectedLight.indirectDiffuse *= mouthSky + (1.0 - mouthSky) * sqrt(mouthSky) * ${BOUNCE} * mouthShare;
if (mouthShare > 0.0) reflectedLight.indirectSpecular *= mouthSky * throughLips(toRest(reflect(-geometryViewDir, geometryNormal)));
`;
