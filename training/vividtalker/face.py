"""Names and order of all motion channels; mirrors src/shared/face/coefficients.ts."""

import numpy as np

EXPRESSION_NAMES = (
    'browDownLeft', 'browDownRight', 'browInnerUp', 'browOuterUpLeft', 'browOuterUpRight', 'cheekPuff',
    'cheekSquintLeft', 'cheekSquintRight', 'eyeBlinkLeft', 'eyeBlinkRight', 'eyeLookDownLeft', 'eyeLookDownRight',
    'eyeLookInLeft', 'eyeLookInRight', 'eyeLookOutLeft', 'eyeLookOutRight', 'eyeLookUpLeft', 'eyeLookUpRight',
    'eyeSquintLeft', 'eyeSquintRight', 'eyeWideLeft', 'eyeWideRight', 'jawForward', 'jawLeft', 'jawOpen', 'jawRight',
    'mouthClose', 'mouthDimpleLeft', 'mouthDimpleRight', 'mouthFrownLeft', 'mouthFrownRight', 'mouthFunnel',
    'mouthLeft', 'mouthLowerDownLeft', 'mouthLowerDownRight', 'mouthPressLeft', 'mouthPressRight', 'mouthPucker',
    'mouthRight', 'mouthRollLower', 'mouthRollUpper', 'mouthShrugLower', 'mouthShrugUpper', 'mouthSmileLeft',
    'mouthSmileRight', 'mouthStretchLeft', 'mouthStretchRight', 'mouthUpperUpLeft', 'mouthUpperUpRight',
    'noseSneerLeft', 'noseSneerRight', 'tongueOut',
)  # fmt: skip
DETAIL_NAMES = (
    'foreheadL', 'foreheadR', 'glabella', 'noseBridge', 'crowL', 'crowR', 'underEyeL', 'underEyeR',
    'nasolabialL', 'nasolabialR', 'marionetteL', 'marionetteR', 'chin', 'lipPurse',
)  # fmt: skip
CODED_NAMES = tuple(name for name in EXPRESSION_NAMES if not name.startswith(('eyeBlink', 'eyeLook')))
MOUTH_CHANNELS = CODED_NAMES + DETAIL_NAMES + ('seal', 'labiodental')
HEAD_CHANNELS = ('rotationX', 'rotationY', 'rotationZ', 'translationX', 'translationY', 'translationZ')
MOUTH_INDEX = {name: index for index, name in enumerate(MOUTH_CHANNELS)}
SEAL, LABIODENTAL = MOUTH_INDEX['seal'], MOUTH_INDEX['labiodental']

# Channels of each coded group of the mouth stream; `contact` is coded losslessly.
APERTURE = (
    'jawOpen', 'mouthClose', 'mouthLowerDownLeft', 'mouthLowerDownRight', 'mouthUpperUpLeft', 'mouthUpperUpRight',
    'mouthShrugUpper', 'mouthRollUpper', 'mouthRollLower', 'tongueOut',
)  # fmt: skip
# Folds that brows, eyes and cheeks make are coded with them: drawn apart, a forehead would fold under still brows.
UPPER_DETAIL = tuple(name for name in DETAIL_NAMES if name.startswith(('forehead', 'glabella', 'noseBridge', 'crow', 'underEye')))
LOWER_DETAIL = tuple(name for name in DETAIL_NAMES if name not in UPPER_DETAIL)
UPPER_FACE = (
    'browDownLeft', 'browDownRight', 'browInnerUp', 'browOuterUpLeft', 'browOuterUpRight', 'cheekSquintLeft',
    'cheekSquintRight', 'eyeSquintLeft', 'eyeSquintRight', 'eyeWideLeft', 'eyeWideRight', 'noseSneerLeft',
    'noseSneerRight',
)  # fmt: skip
LIP_SHAPE = tuple(name for name in CODED_NAMES if name not in APERTURE and name not in UPPER_FACE)
MOUTH_GROUPS = {
    'aperture': APERTURE, 'lipShape': LIP_SHAPE, 'upperFace': (*UPPER_FACE, *UPPER_DETAIL), 'detail': LOWER_DETAIL,
}  # fmt: skip


def channel_indices(names: tuple[str, ...]) -> list[int]:
    """Positions of named channels in MOUTH_CHANNELS."""
    return [MOUTH_INDEX[name] for name in names]


def zero_motion(frame_count: int) -> np.ndarray:
    """A mouth stream at rest; [frame_count, 58] float32."""
    return np.zeros((frame_count, len(MOUTH_CHANNELS)), np.float32)
