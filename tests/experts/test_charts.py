from __future__ import annotations

from experts.charts import Span, intervals


def test_intervals_and_the_line_share_one_scale() -> None:
    drawn = intervals([Span("1", 80, 85, 90), Span("2", 60, 70, 80, marked=True)], cut=75)
    assert [(row.y, row.low, row.point, row.high, row.marked) for row in drawn.rows] == [
        (30, "484.0", "594.0", "704.0", False),
        (46, "44.0", "264.0", "484.0", True),
    ]
    assert (drawn.cut, drawn.ticks[0], drawn.ticks[-1]) == ("374.0", ("44.0", "60.0"), ("704.0", "90.0"))


def test_equal_and_missing_figures_are_drawn() -> None:
    assert [row.point for row in intervals([Span("1", 70, 70, 70)]).rows] == ["44.0"]
    assert intervals([]).rows == ()
