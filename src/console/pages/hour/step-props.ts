import type { StepShown } from '../../../domain/views/steps.js';
import type { HourProps } from './hour-props.js';

export interface StepProps extends HourProps {
  shown: StepShown;
}
