"""`python -m ancam` is `ancam`."""

import sys

from ancam.cli.main import main

if __name__ == "__main__":
    sys.exit(main())
