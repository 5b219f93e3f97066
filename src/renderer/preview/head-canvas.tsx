import { Canvas, type CanvasProps } from '@react-three/fiber';
import { NeutralToneMapping } from 'three';
import { usePreferences } from '../session/studio-context';

interface HeadCanvasProps extends Omit<CanvasProps, 'gl' | 'dpr' | 'resize' | 'frameloop'> {
  /** For pictures that are drawn in parts, one now and others later. */
  readonly keepsParts?: boolean;
}

/** A canvas for heads: drawn when something has changed, sharp in every size of the interface. */
export function HeadCanvas({ keepsParts = false, ...rest }: HeadCanvasProps) {
  const scale = usePreferences((preferences) => preferences.scalePercent / 100);
  return (
    <Canvas
      frameloop="demand"
      dpr={Math.min(2, Math.max(1, window.devicePixelRatio * scale))}
      resize={{ offsetSize: true }}
      shadows="percentage"
      gl={{ antialias: true, preserveDrawingBuffer: keepsParts, toneMapping: NeutralToneMapping, toneMappingExposure: 1.35 }}
      {...rest}
    />
  );
}
