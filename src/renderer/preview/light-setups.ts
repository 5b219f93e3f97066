import type { Lighting } from '../workspace/view-store';

/** A light from far away: the direction it comes from, colour and strength. */
export interface Lamp {
  readonly from: readonly [number, number, number];
  readonly colour: string;
  readonly intensity: number;
}

/** A glowing card in the room that eyes and skin reflect: centre and size in metres, brightness. */
export interface Card {
  readonly at: readonly [number, number, number];
  readonly size: readonly [number, number];
  readonly colour: string;
  readonly brightness: number;
}

/** Light for the head: one key lamp that throws the shadows, others without, and what is all around. */
export interface LightSetup {
  readonly label: string;
  readonly key: Lamp;
  readonly others: readonly Lamp[];
  readonly sky: string;
  readonly ground: string;
  /** Strength of sky and ground beside the room, and alone where there is none. */
  readonly surround: number;
  readonly surroundAlone: number;
  readonly cards: readonly Card[];
  readonly roomIntensity: number;
}

/** The three set-ups. The face looks along +z, its left is +x. */
export const LIGHT_SETUPS: Readonly<Record<Lighting, LightSetup>> = {
  studio: {
    label: 'Studio',
    key: { from: [0.95, 0.7, 0.85], colour: '#fff1e2', intensity: 2.5 },
    others: [
      { from: [-0.9, 0.15, 0.8], colour: '#bcd2f5', intensity: 0.7 },
      { from: [-0.45, 0.8, -0.9], colour: '#dfe8ff', intensity: 2 },
    ],
    sky: '#c8d4e4',
    ground: '#5b4a42',
    surround: 0.4,
    surroundAlone: 2.1,
    cards: [
      { at: [2.6, 1.9, 2.4], size: [1.9, 1.9], colour: '#fff4e6', brightness: 9 },
      { at: [-3, 0.6, 2], size: [1.2, 2.6], colour: '#cfe0ff', brightness: 2.5 },
      { at: [0, 3.6, -1.4], size: [3, 1.2], colour: '#ffffff', brightness: 3 },
    ],
    roomIntensity: 0.42,
  },
  outdoor: {
    label: 'Outdoor',
    key: { from: [-0.55, 1.15, 0.75], colour: '#fff2dc', intensity: 2.7 },
    others: [{ from: [0.8, 0.4, -0.9], colour: '#cfe2ff', intensity: 0.8 }],
    sky: '#bcd6f7',
    ground: '#7d6f57',
    surround: 1,
    surroundAlone: 2.5,
    cards: [{ at: [-1.8, 3.6, 2.4], size: [0.5, 0.5], colour: '#fff2dc', brightness: 40 }],
    roomIntensity: 0.75,
  },
  game: {
    label: 'Game',
    key: { from: [1.1, 0.75, 0.3], colour: '#ffe2c4', intensity: 3 },
    others: [
      { from: [-1, 0.35, -0.55], colour: '#8fc4ff', intensity: 2.6 },
      { from: [-0.5, -0.1, 1], colour: '#9db2d8', intensity: 0.3 },
    ],
    sky: '#8f9fb8',
    ground: '#3a322e',
    surround: 0.25,
    surroundAlone: 1.1,
    cards: [
      { at: [3.2, 2, 1], size: [1, 2.4], colour: '#ffe2c4', brightness: 9 },
      { at: [-3, 1, -1.4], size: [0.8, 2.8], colour: '#8fc4ff', brightness: 7 },
    ],
    roomIntensity: 0.3,
  },
};

/** Light from the side, to see wrinkles by. */
export const RAKING_SETUP: LightSetup = {
  ...LIGHT_SETUPS.studio,
  key: { from: [0.9, 1.1, 0.25], colour: '#fff1e2', intensity: 3.2 },
  others: [
    { from: [-0.9, 0.15, 0.8], colour: '#bcd2f5', intensity: 0.25 },
    { from: [-0.45, 0.8, -0.9], colour: '#dfe8ff', intensity: 2.2 },
  ],
  surround: 0.17,
  surroundAlone: 0.7,
};
