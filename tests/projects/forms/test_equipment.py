from __future__ import annotations

import pytest
from django.core.exceptions import ValidationError

from projects.forms.equipment import EquipmentField, as_text

ROW = {"name": "色谱仪", "model": "LC", "price": "300000.00", "quantity": 2, "use": "检测", "sharing": "开放"}


@pytest.mark.parametrize("typed", ["色谱仪；LC；30；2；检测；开放", "色谱仪\tLC\t30\t2\t检测\t开放\n\n"])
def test_a_line_is_a_row_with_prices_in_yuan_and_back(typed: str) -> None:
    rows = EquipmentField().clean(typed)
    assert rows == [ROW]
    assert as_text(rows) == "色谱仪；LC；30.00；2；检测；开放"


def test_each_line_that_cannot_be_read_is_named() -> None:
    with pytest.raises(ValidationError) as refused:
        EquipmentField().clean("色谱仪；LC；三十；2；检测；开放\n色谱仪；LC；30\n色谱仪；LC；30；2；；开放")
    assert refused.value.messages == [
        "第1行：“三十”不是数字。 请填数字。",
        "第2行须有六项，且都不能为空。",
        "第3行须有六项，且都不能为空。",
    ]
