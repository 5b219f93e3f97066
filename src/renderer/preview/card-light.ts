import type { ShaderPatch } from './shader-patch';

/** Light on brows and lashes: they lie on a face that keeps lamps behind it away, and single hairs do not gleam like cards. Needs HEAD_SPACE. */
export const CARD_LIGHT: ShaderPatch = {
  name: 'cards',
  fragment: {
    lights_physical_pars_fragment: `
void RE_Direct_Card(const in IncidentLight lamp, const in vec3 geometryPosition, const in vec3 geometryNormal, const in vec3 geometryViewDir, const in vec3 geometryClearcoatNormal, const in PhysicalMaterial material, inout ReflectedLight reflectedLight) {
  IncidentLight dimmed = lamp;
  dimmed.color *= smoothstep(-0.25, 0.6, dot(toRest(lamp.direction), vec3(0.0, 0.25, 0.97)));
  ReflectedLight hard = ReflectedLight(vec3(0.0), vec3(0.0), vec3(0.0), vec3(0.0));
  RE_Direct_Physical(dimmed, geometryPosition, geometryNormal, geometryViewDir, geometryClearcoatNormal, material, hard);
  reflectedLight.directDiffuse += hard.directDiffuse;
  reflectedLight.directSpecular += 0.35 * hard.directSpecular;
}
#undef RE_Direct
#define RE_Direct RE_Direct_Card
`,
    lights_fragment_end: 'reflectedLight.indirectSpecular *= 0.3;',
  },
};
