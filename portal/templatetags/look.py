"""Template tags of the look: badges, money, dates, fields, the parts of a record page."""

from __future__ import annotations

from django import template

register = template.Library()
