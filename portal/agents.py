"""What a browser says of itself, in a few words."""

from __future__ import annotations

import re

from django.utils.translation import gettext as _

# In this order: most browsers call themselves by the names of others too.
BROWSERS = (
    ("MicroMessenger", "WeChat"),
    ("Edg", "Edge"),
    ("OPR", "Opera"),
    ("Firefox", "Firefox"),
    ("Chrome", "Chrome"),
    ("Version", "Safari"),
)
SYSTEMS = (
    ("OpenHarmony|HarmonyOS", "HarmonyOS"),
    ("Android", "Android"),
    ("iPhone|iPad", "iOS"),
    ("Windows", "Windows"),
    ("Mac OS", "macOS"),
    ("Linux", "Linux"),
)


def device(agent: str) -> str:
    """Browser with its main version, and system: "Chrome 120, Windows"; what is not known is said so."""
    browser = next((found for pattern, name in BROWSERS if (found := _browser(agent, pattern, name))), "")
    system = next((name for pattern, name in SYSTEMS if re.search(pattern, agent)), "")
    return ", ".join(part for part in (browser, system) if part) or _("unknown device")


def _browser(agent: str, pattern: str, name: str) -> str:
    found = re.search(rf"{pattern}[A-Za-z]*/(\d+)", agent)
    return f"{name} {found.group(1)}" if found else ""
