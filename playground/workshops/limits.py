"""Every limit of workshops as a named constant."""

from typing import Final

WORKSHOPS_PER_OWNER_MAX: Final = 200
PARTICIPANTS_MAX: Final = 200
"""Who may be in a workshop at once."""
REMOVED_MAX: Final = 1_000
"""Removed ones whose work is kept: with so many a workshop takes nobody new."""
NAME_LENGTH_MAX: Final = 40
"""Characters of a display name."""
WORK_BYTES_MAX: Final = 256 * 1024
"""Of a participant's files and test events of one exercise, together."""
ATTEMPTS_PER_EXERCISE_MAX: Final = 300
"""Of one participant. Every one is kept."""
COPIES_MAX: Final = 10
"""Earlier work of an exercise that is kept when the starter is brought back; the oldest makes room."""
ANNOUNCEMENTS_MAX: Final = 100
NOTES_PER_PARTICIPANT_MAX: Final = 100
SOCKETS_PER_PARTICIPANT_MAX: Final = 20
"""WebSockets that one participant has open with one web process: each is told of every change."""
TEXT_LENGTH_MAX: Final = 2_000
"""Characters of an announcement or a note."""
RUNS_PER_MINUTE_MAX: Final = 600
"""The most that a teacher can set as the limit of one participant's runs."""
KEPT_DAYS_DEFAULT: Final = 30
KEPT_DAYS_MAX: Final = 365
"""After the last day of a workshop its participants' data goes."""

# A class of forty sits behind one address, and some of them mistype the code.
JOIN_PERIOD_S: Final = 600
"""What the next four limits are for."""
WRONG_CODES_PER_BROWSER_MAX: Final = 20
WRONG_CODES_PER_ADDRESS_MAX: Final = 1_000
"""See `join_limit` for what somebody finds who guesses so often."""
JOINS_PER_BROWSER_MAX: Final = 10
"""Names that may join in one browser."""
JOINS_PER_ADDRESS_MAX: Final = 400
