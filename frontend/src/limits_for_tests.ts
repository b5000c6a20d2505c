/** Lambda's limits, as the page is told of them; for tests. */

import type { Limits } from './contract';

export const LIMITS: Limits = {
  memory_size_min: 128,
  memory_size_max: 10240,
  timeout_min: 1,
  timeout_max: 900,
  ephemeral_storage_min: 512,
  ephemeral_storage_max: 10240,
  environment_bytes_max: 4096,
  handler_length_max: 128,
  event_bytes_max: 6291456,
  reserved_environment_variables: ['AWS_REGION', '_HANDLER'],
};
