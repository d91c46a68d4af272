#!/usr/bin/env python
"""Django's command line. DJANGO_SETTINGS_MODULE chooses the settings; portal.settings.demo by default."""

import os
import sys

# Commands that compute from file to file: no database, no rooms to load, ready in a moment.
BARE = {"assign_experts": "experts", "rank_scores": "experts", "match_experts": "experts"}


def main() -> None:
    """Run one management command."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "portal.settings.demo")
    from django.core import management

    if room := BARE.get("".join(sys.argv[1:2])):
        from django.conf import settings

        os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")  # threads would wait for each other, and sum in other orders
        settings.configure(USE_I18N=False)
        management.load_command_class(room, sys.argv[1]).run_from_argv(sys.argv)
    else:
        management.execute_from_command_line(sys.argv)


if __name__ == "__main__":
    main()
