"""`python3 -m set_up run` makes what `make run` needs; `python3 -m set_up test` what `make test` needs."""

import sys

# Read by Pythons of any age, so that an old one says so instead of failing on newer syntax.
if sys.version_info < (3, 11):  # noqa: UP036
    sys.exit(
        "The playground needs Python 3.11 or newer; this is %d.%d (%s). "  # noqa: UP031
        "Install a newer one and name it: make PYTHON=python3.11 ..."
        % (sys.version_info[0], sys.version_info[1], sys.executable)
    )

from set_up.command import main

sys.exit(main(sys.argv[1:]))
