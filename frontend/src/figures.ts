/** The figures of a function's configuration: what each is called, within which bounds, and what is wrong with a text. */

import type { Limits } from './contract';
import {
  MEMORY_STOPS,
  memoryFault,
  STORAGE_STOPS,
  storageFault,
  TIMEOUT_STOPS,
  timeoutFault,
} from './settings';

export type FigureField = 'memory_size' | 'timeout' | 'ephemeral_storage';

export interface FigureRow {
  /** As the service calls it. */
  field: FigureField;
  name: string;
  unit: string;
  stops: number[];
  min: number;
  max: number;
  judge: (text: string, limits: Limits) => string | null;
}

export const figureRows = (limits: Limits): Record<FigureField, FigureRow> => ({
  memory_size: {
    field: 'memory_size',
    name: 'Memory',
    unit: 'MB',
    stops: MEMORY_STOPS,
    min: limits.memory_size_min,
    max: limits.memory_size_max,
    judge: memoryFault,
  },
  timeout: {
    field: 'timeout',
    name: 'Timeout',
    unit: 's',
    stops: TIMEOUT_STOPS,
    min: limits.timeout_min,
    max: limits.timeout_max,
    judge: timeoutFault,
  },
  ephemeral_storage: {
    field: 'ephemeral_storage',
    name: 'Ephemeral storage',
    unit: 'MB',
    stops: STORAGE_STOPS,
    min: limits.ephemeral_storage_min,
    max: limits.ephemeral_storage_max,
    judge: storageFault,
  },
});
