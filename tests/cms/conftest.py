from __future__ import annotations

from typing import Any

import pytest
from wagtail.models import Site

from cms.models import HomePage
from tests.factories import cms


@pytest.fixture
def home(db: Any) -> HomePage:
    Site.clear_site_root_paths_cache()
    return cms.site()
