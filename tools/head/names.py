"""Names shared with the studio: the 52 expression coefficients, the 14 wrinkle groups, bones and meshes."""

EXPRESSIONS = """browDownLeft browDownRight browInnerUp browOuterUpLeft browOuterUpRight cheekPuff cheekSquintLeft
cheekSquintRight eyeBlinkLeft eyeBlinkRight eyeLookDownLeft eyeLookDownRight eyeLookInLeft eyeLookInRight
eyeLookOutLeft eyeLookOutRight eyeLookUpLeft eyeLookUpRight eyeSquintLeft eyeSquintRight eyeWideLeft eyeWideRight
jawForward jawLeft jawOpen jawRight mouthClose mouthDimpleLeft mouthDimpleRight mouthFrownLeft mouthFrownRight
mouthFunnel mouthLeft mouthLowerDownLeft mouthLowerDownRight mouthPressLeft mouthPressRight mouthPucker mouthRight
mouthRollLower mouthRollUpper mouthShrugLower mouthShrugUpper mouthSmileLeft mouthSmileRight mouthStretchLeft
mouthStretchRight mouthUpperUpLeft mouthUpperUpRight noseSneerLeft noseSneerRight tongueOut""".split()

WRINKLES = """foreheadL foreheadR glabella noseBridge crowL crowR underEyeL underEyeR nasolabialL nasolabialR
marionetteL marionetteR chin lipPurse""".split()

MORPHS = EXPRESSIONS + [f"wrinkle_{name}" for name in WRINKLES]

BONES = ["root", "neck01", "neck02", "head", "LeftEye", "RightEye", "jaw"]
BONE_PARENTS = [-1, 0, 1, 2, 3, 3, 3]


def mirrored(name: str) -> str:
    """Name of the shape on the other side of the face; the name itself when it has no side."""
    if name.endswith("Left"):
        return name[:-4] + "Right"
    if name.endswith("Right"):
        return name[:-5] + "Left"
    return name
