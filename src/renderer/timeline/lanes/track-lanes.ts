import type { ComponentType } from 'react';
import type { TrackId } from '../../../shared/clip/clip-schema';
import { EyesLane } from './eyes-lane';
import { HeadLane } from './head-lane';
import type { LaneProps } from './lane-props';
import { MouthLane } from './mouth-lane';
import { WrinklesLane } from './wrinkles-lane';

/** The lane of every track; a missing one is a type error. */
export const TRACK_LANES: Readonly<Record<TrackId, ComponentType<LaneProps>>> = { head: HeadLane, mouth: MouthLane, wrinkles: WrinklesLane, eyes: EyesLane };
