"""The organisations of the demo: (key, name, short name, kind, region code, authority's key, credit code body)."""

from __future__ import annotations

from dataclasses import dataclass

from directory.enums import OrganisationKind as K


@dataclass(frozen=True)
class Org:
    """One organisation. `code` is the credit code without its check digit, which the builder adds."""

    key: str
    name: str
    short: str
    kind: K
    region: str
    authority: str
    code: str
    founded: str
    verified: bool = True


DEPARTMENT = Org("kjt", "自治区科学技术厅", "科技厅", K.GOVERNMENT, "150000", "", "11150000MB0000001", "1958-06-01")
AUTHORITIES = (
    Org("jyt", "自治区教育厅", "教育厅", K.GOVERNMENT, "150000", "", "11150000MB0000002", "1954-03-01"),
    Org("wjw", "自治区卫生健康委员会", "卫健委", K.GOVERNMENT, "150000", "", "11150000MB0000003", "1954-03-01"),
    Org("hhht", "呼和浩特市科学技术局", "呼市科技局", K.GOVERNMENT, "150100", "", "11150100MB0000004", "1979-05-01"),
    Org("bt", "包头市科学技术局", "包头科技局", K.GOVERNMENT, "150200", "", "11150200MB0000005", "1979-05-01"),
    Org("eeds", "鄂尔多斯市科学技术局", "鄂市科技局", K.GOVERNMENT, "150600", "", "11150600MB0000006", "2001-09-01"),
    Org("wlcb", "乌兰察布市科学技术局", "乌市科技局", K.GOVERNMENT, "150900", "", "11150900MB0000007", "2004-04-01"),
    Org("xlgl", "锡林郭勒盟科学技术局", "锡盟科技局", K.GOVERNMENT, "152500", "", "11152500MB0000008", "1980-07-01"),
)
HOSTS = (
    Org("clc", "敕勒川大学", "敕大", K.UNIVERSITY, "150100", "jyt", "12150000MB1000011", "1957-10-14"),
    Org("hbl", "呼伦草原学院", "呼草院", K.UNIVERSITY, "150700", "jyt", "12150000MB1000012", "1992-04-18"),
    Org("ry", "北疆稀土研究院", "北稀院", K.INSTITUTE, "150200", "bt", "12150200MB1000013", "1963-08-20"),
    Org("cy", "阴山草原生态研究所", "草生所", K.INSTITUTE, "150100", "hhht", "12150100MB1000014", "1985-05-06"),
    Org("rc", "包头市瑞磁新材料有限公司", "瑞磁", K.ENTERPRISE, "150200", "bt", "91150200MA2000021", "2012-03-15"),
    Org(
        "lq",
        "鄂尔多斯市绿源氢能科技有限公司",
        "绿源氢能",
        K.ENTERPRISE,
        "150600",
        "eeds",
        "91150600MA2000022",
        "2019-06-11",
    ),
    Org(
        "my", "锡林郭勒牧源乳业有限公司", "牧源乳业", K.ENTERPRISE, "152500", "xlgl", "91152500MA2000023", "2008-09-02"
    ),
    Org(
        "mo", "乌兰察布市墨原石墨烯有限公司", "墨原", K.ENTERPRISE, "150900", "wlcb", "91150900MA2000024", "2016-11-28"
    ),
    Org(
        "cn", "包头市长河储能技术有限公司", "长河储能", K.ENTERPRISE, "150200", "bt", "91150200MA2000025", "2018-01-22"
    ),
    Org(
        "tb",
        "鄂尔多斯市碳循环工程有限公司",
        "碳循环",
        K.ENTERPRISE,
        "150600",
        "eeds",
        "91150600MA2000026",
        "2017-07-07",
    ),
    Org("ad", "安代蒙医药研究院", "安代院", K.INSTITUTE, "150100", "wjw", "12150000MB1000015", "1988-12-01"),
    Org("yy", "阿都沁蒙医医院", "阿都沁医院", K.HOSPITAL, "150500", "wjw", "12150500MB1000016", "1975-05-20"),
)
# Registered, not verified yet: what waits for the authority.
NEW = (
    Org(
        "zm",
        "呼和浩特市智牧数据有限公司",
        "智牧数据",
        K.ENTERPRISE,
        "150100",
        "hhht",
        "91150100MA2000031",
        "2025-02-18",
        False,
    ),
    Org(
        "xs",
        "包头市向山检测有限公司",
        "向山检测",
        K.ENTERPRISE,
        "150200",
        "bt",
        "91150200MA2000032",
        "2026-01-09",
        False,
    ),
)
