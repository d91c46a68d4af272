from __future__ import annotations

import pytest

from experts.ranking.scores import ScoresError, components, parse, refuse_disconnected

HEAD = "proposal,expert,score\n"


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("", "line 1: must have the column proposal once; it has nothing"),
        ("proposal,expert\n", "line 1: must have the column score once"),
        ("proposal,score,expert,score\n", "line 1: must have the column score once"),
        (HEAD, "there are no scores"),
        (HEAD + "a,x\n", "line 2: has 2 cells, too few"),
        (HEAD + "a,x,1\n,y,1\n", "line 3: proposal is empty"),
        (HEAD + "a, ,1\n", "line 2: expert is empty"),
        (HEAD + "a,x,good\n", "line 2: score 'good' is not a number"),
        (HEAD + "a,x,nan\n", "line 2: score 'nan' is not a number"),
        (HEAD + "a,x,inf\n", "line 2: score 'inf' is not a number"),
        (HEAD + "a,x,1_0\n", "line 2: score '1_0' is not a number"),
        (HEAD + "a,x,\n", "line 2: score '' is not a number"),
        (HEAD + "a,x,1\na,x,2\n", "line 3: x scored a in line 2 already"),
    ],
)
def test_every_fault_is_told_by_its_line(text: str, message: str) -> None:
    with pytest.raises(ScoresError) as refused:
        parse(text)
    assert str(refused.value).startswith(message)


def test_columns_stand_in_any_order_beside_others() -> None:
    scores = parse("note,score,expert,proposal\nx,1.5,甲,申报一\n\ny,2,乙,申报一\n")
    assert (scores.proposals, scores.experts, scores.y.tolist()) == (["申报一"], ["甲", "乙"], [1.5, 2.0])


def test_groups_without_a_common_expert_are_refused_by_name() -> None:
    scores = parse(HEAD + "a,x,1\nb,x,2\nb,y,2\nc,z,3\nd,z,3\ne,y,1\n")
    assert components(scores) == [["a", "b", "e"], ["c", "d"]]
    with pytest.raises(ScoresError) as refused:
        refuse_disconnected(scores)
    assert str(refused.value).splitlines()[1:] == [
        "component 1: 3 proposals: a, b, e",
        "component 2: 2 proposals: c, d",
    ]


def test_all_proposals_of_a_group_are_named() -> None:
    rows = "".join(f"p{at},x,1\n" for at in range(9))
    with pytest.raises(ScoresError, match="component 1: 9 proposals: p0, p1, p2, p3, p4, p5, p6, p7, p8\n"):
        refuse_disconnected(parse(HEAD + rows + "q,z,3\n"))


def test_linked_proposals_are_not_refused() -> None:
    refuse_disconnected(parse(HEAD + "a,x,1\nb,x,2\nb,y,2\nc,y,3\n"))
