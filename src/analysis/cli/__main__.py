"""``python -m analysis.cli`` is ``nuage``."""

import sys

from analysis.cli import main

sys.exit(main())
