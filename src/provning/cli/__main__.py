"""`python -m provning.cli`, the same as `provning`."""

import sys

from provning.cli.main import main

sys.exit(main())
