"""Every limit of the engine as a named constant.

Figures of Lambda itself are from "Lambda quotas" and the API pages of CreateFunction and Invoke.
"""

from typing import Final

# A function's configuration
MEMORY_MIN_MB: Final = 128
MEMORY_MAX_MB: Final = 10_240
MEMORY_DEFAULT_MB: Final = 128
MEMORY_OF_ONE_CPU_MB: Final = 1_769
TIMEOUT_MIN_S: Final = 1
TIMEOUT_MAX_S: Final = 900
TIMEOUT_DEFAULT_S: Final = 3
HANDLER_LENGTH_MAX: Final = 128
DESCRIPTION_LENGTH_MAX: Final = 256
FUNCTION_NAME_LENGTH_MAX: Final = 64
ALIAS_NAME_LENGTH_MAX: Final = 128
ALIASES_MAX: Final = 100
"""Of a function: our own figure, as Lambda has none."""
ENVIRONMENT_VARIABLES_BYTES_MAX: Final = 4_096
EPHEMERAL_STORAGE_MIN_MB: Final = 512
EPHEMERAL_STORAGE_MAX_MB: Final = 10_240
EPHEMERAL_STORAGE_DEFAULT_MB: Final = 512

# A deployment package
PACKAGE_ZIPPED_BYTES_MAX: Final = 52_428_800
PACKAGE_UNZIPPED_BYTES_MAX: Final = 262_144_000
PACKAGE_FILES_MAX: Final = 20_000
PACKAGE_ENTRIES_MAX: Final = 40_000
"""Of an archive: files and folders."""
EDITOR_BYTES_MAX: Final = 3 * 1024 * 1024
EDITOR_FILES_MAX: Final = 500
PATH_LENGTH_MAX: Final = 1_024
PATH_PART_BYTES_MAX: Final = 255
PATH_DEPTH_MAX: Final = 20

# What a submission's package.json asks for
DEPENDENCIES_MAX: Final = 500
"""Of all its fields together; those of its overrides are counted too."""
DEPENDENCY_FAULTS_MAX: Final = 20
"""Told of one file."""
DEPENDENCY_PARTS_MAX: Final = 300_000
"""Names, values and signs of one file; the lock file of some ten thousand packages has as many."""
VERSION_RANGE_LENGTH_MAX: Final = 128

# TypeScript of a submission, compiled when its package is built
TYPESCRIPT_FILES_MAX: Final = 100
COMPILER_TIMEOUT_S: Final = 10.0
"""For all the files of a submission; a file usually takes some milliseconds."""
COMPILER_MEMORY_BYTES: Final = 1024 * 1024 * 1024
"""Address space, of which the compiler reserves more than it uses."""
COMPILER_CPU_S: Final = 5
COMPILED_KEPT: Final = 256
"""Files whose JavaScript is remembered, so that a submission compiles what has changed."""
COMPILED_KEPT_CHARACTERS_MAX: Final = 200_000

# An invocation
EVENT_BYTES_MAX: Final = 6_291_456
RESPONSE_BYTES_MAX: Final = 6_291_556
STREAMED_RESPONSE_BYTES_MAX: Final = 200 * 1024 * 1024
LOG_TAIL_BYTES: Final = 4_096
INIT_TIMEOUT_S: Final = 10.0
CLIENT_CONTEXT_BYTES_MAX: Final = 3_583

# Test events of a snippet
TEST_EVENTS_MAX: Final = 50
TEST_EVENT_NAME_LENGTH_MAX: Final = 64
LINK_TOKEN_LENGTH_MAX: Final = 64
TEST_EVENTS_BYTES_MAX: Final = EVENT_BYTES_MAX
"""Events and expected responses of a snippet together."""

# Tags of a snippet: keys and values as "TagResource" takes them
TAGS_MAX: Final = 50
TAG_KEY_LENGTH_MAX: Final = 128
TAG_VALUE_LENGTH_MAX: Final = 256

# A link to a snippet
SHARE_DAYS_MAX: Final = 365
SHARED_RUNS_MAX: Final = 20

# An access key
ACCESS_KEY_NAME_LENGTH_MAX: Final = 64
ACCESS_KEY_DAYS_MAX: Final = 365

# A workshop as its teacher writes it
WORKSHOP_BYTES_MAX: Final = 8 * 1024 * 1024
"""Of a whole workshop as JSON."""
WORKSHOP_FILES_MAX: Final = 2_000
"""Of a workshop as an archive, which unpacks to less than `WORKSHOP_BYTES_MAX`."""
WORKSHOP_ENTRIES_MAX: Final = 4_000
"""Of such an archive: files and folders."""
WORKSHOP_DEPTH_MAX: Final = 40
"""Of objects and lists within each other."""
WORKSHOP_TITLE_LENGTH_MAX: Final = 120
"""Of a workshop, an exercise and a check."""
WORKSHOP_TEXT_LENGTH_MAX: Final = 10_000
"""Of a description, of instructions and of a hint, in Markdown."""
WORKSHOP_ID_LENGTH_MAX: Final = 48
EXERCISES_MAX: Final = 50
EXERCISE_MINUTES_MAX: Final = 600
HINTS_MAX: Final = 10
"""Of an exercise."""
CHECKS_MAX: Final = 20
"""Of an exercise."""
EXPECTATIONS_MAX: Final = 10
"""Of a check."""
EXPECTED_BYTES_MAX: Final = 16_384
"""What one expectation may hold, as JSON."""
CHECKED_RESPONSE_LENGTH_MAX: Final = 262_144
"""Characters of a response that a check looks at."""
PATTERN_LENGTH_MAX: Final = 1_000
VARIABLES_USED_MAX: Final = 3
"""Of a check: each is another run."""

# What is kept of a function's output
LOG_LINE_BYTES_MAX: Final = 256 * 1024
LOG_BYTES_MAX: Final = 1024 * 1024
LOG_LINES_MAX: Final = 10_000
ERROR_MESSAGE_BYTES_MAX: Final = 256 * 1024

PIPE_BYTES: Final = 1024 * 1024
"""What a function can print before anybody reads it."""

# A sandbox
PROCESSES_MAX: Final = 1_024
OPEN_FILES_MAX: Final = 1_024
TMP_INODES_PER_MB: Final = 32
SANDBOX_START_TIMEOUT_S: Final = 30.0
SANDBOX_END_TIMEOUT_S: Final = 5.0
"""How long is waited for the status of a sandbox whose emulator has gone."""
SANDBOX_REMOVE_TIMEOUT_S: Final = 30.0
RIE_ANSWER_GRACE_S: Final = 5.0
"""How long the RIE may take to answer once the runtime has delivered its result or has ended."""

# Execution environments that wait, and those kept warm
WAITING_SANDBOXES: Final = 8
STARTS_AT_ONCE: Final = 4
WARM_ENVIRONMENTS_MAX: Final = 40
WARM_IDLE_S: Final = 300.0
RESETS_REMEMBERED_MAX: Final = 1_000
"""Functions whose next invocation begins with a suppressed init, because their environment was reset."""
