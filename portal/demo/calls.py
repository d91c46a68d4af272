"""The calls of the demo, each at another point of the way, with the titles of their proposals."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal

from projects.enums import BudgetMode, CallKind


@dataclass(frozen=True)
class Way:
    """One proposal: applicant's key, title, how far it has come (a state, or a path with an ending)."""

    applicant: str
    title: str
    until: str
    amount: int = 200


@dataclass(frozen=True)
class DemoCall:
    """One call: `filing` and `recommendation` are days from today (negative: past); amounts in 万元."""

    key: str
    code: str
    title: str
    programme: str
    kind: CallKind
    state: str
    areas: tuple[str, ...]
    directions: tuple[tuple[str, str, int, int], ...]
    filing: int
    recommendation: int
    proposals: tuple[Way, ...] = ()
    budget: BudgetMode = BudgetMode.ITEMISED

    def yuan(self, amount: int) -> Decimal:
        """An amount in 万元 as yuan."""
        return Decimal(amount) * 10000


KEY = "重点研发和成果转化计划"
FUND = "自然科学基金"
CALLS = (
    DemoCall(
        "xt",
        "2027-XT",
        "关于组织申报2027年度稀土与氢能领域重点研发项目的通知",
        KEY,
        CallKind.PROJECT,
        "open",
        ("rare_earth", "hydrogen"),
        (
            ("XT-01", "高丰度稀土永磁材料低成本制备", 3, 300),
            ("XT-02", "白云鄂博矿伴生资源高值利用", 2, 500),
            ("QN-01", "绿氢制备与固态储运关键技术", 4, 400),
        ),
        9,
        16,
        (
            Way("surina", "高丰度铈磁体晶界扩散与低成本制备技术", "draft", 280),
            Way("hanlei", "钕铁硼磁体回收再制造短流程技术", "submitted", 240),
            Way("chaolu", "白云鄂博尾矿稀土绿色浸出与富集技术", "endorsed", 420),
            Way("nashun", "稀土发光材料在植物照明中的应用技术", "returned", 180),
            Way("tana", "镧铈基储氢合金吸放氢动力学调控", "draft", 260),
            Way("machao", "兆瓦级质子交换膜电解槽宽功率波动运行技术", "recommended", 390),
            Way("linyue", "镁基固态储氢罐热管理与安全评价", "submitted", 300),
            Way("baoyin", "非贵金属析氧催化剂规模化制备", "withdrawn", 200),
        ),
    ),
    DemoCall(
        "zr",
        "2027-ZR",
        "关于2027年度自治区自然科学基金项目申报的通知",
        FUND,
        CallKind.PROJECT,
        "open",
        ("grassland", "new_materials", "mongolian_medicine"),
        (("MS-01", "面上项目", 60, 15), ("QN-02", "青年项目", 80, 8)),
        23,
        30,
        (
            Way("gerile", "放牧强度对典型草原土壤碳库稳定性的影响机制", "draft", 15),
            Way("yangfan", "铜基单原子催化剂电还原二氧化碳的选择性调控", "submitted", 8),
            Way("menggen", "基于多源遥感的草原物候变化归因分析", "draft", 8),
        ),
        BudgetMode.LUMP_SUM,
    ),
    DemoCall(
        "ny",
        "2027-NY",
        "关于组织申报2027年度奶业振兴科技专项的通知",
        "科技重大专项",
        CallKind.PROJECT,
        "checking",
        ("dairy",),
        (("NY-01", "奶牛良种繁育", 2, 500), ("NY-02", "特色乳制品加工与质量安全", 3, 300)),
        -14,
        -5,
        (
            Way("burigude", "高产奶牛基因组选择与核心群培育", "recommended", 480),
            Way("tianhe", "传统奶豆腐标准化发酵剂与保鲜技术", "eligible", 260),
            Way("sachula", "乳源益生菌资源库构建与功能评价", "recommended", 220),
            Way("zhaoning", "荷斯坦奶牛热应激营养调控技术", "ineligible", 240),
            Way("hada", "乳品中抗生素残留的稀土荧光快速检测", "recommended", 200),
            Way("sarinai", "牧场饲草产量遥感估测与奶牛精准饲喂", "expired", 180),
        ),
    ),
    DemoCall(
        "cn",
        "2027-CN",
        "关于组织申报2027年度储能领域第二批重点研发项目的通知",
        KEY,
        CallKind.PROJECT,
        "reviewing",
        ("energy_storage",),
        (("CN-01", "长时储能系统集成", 2, 500), ("CN-02", "储能电池安全与回收", 3, 300)),
        -45,
        -38,
        (
            Way("dulin", "全钒液流电池高功率电堆与低成本电解液", "in_review", 450),
            Way("haosiya", "储能电站热失控早期预警与阻隔技术", "in_review", 240),
            Way("lixin", "水系锌离子电池宽温域电解液设计", "in_review", 300),
            Way("liuyang", "退役动力电池石墨负极再生利用", "in_review", 220),
            Way("bayaer", "石墨烯改性储能电池散热部件", "in_review", 260),
        ),
    ),
    DemoCall(
        "my",
        "2027-MY",
        "关于组织申报2027年度蒙医药专项的通知",
        KEY,
        CallKind.PROJECT,
        "deciding",
        ("mongolian_medicine",),
        (("MY-01", "蒙药新药与质量标准", 2, 200), ("MY-02", "蒙医诊疗技术评价", 2, 120)),
        -70,
        -62,
        (
            Way("bilige", "蒙药复方治疗类风湿关节炎的药效物质研究", "proposed", 180),
            Way("aotegen", "蒙医正骨手法标准化与生物力学评价", "proposed", 110),
            Way("namila", "蒙医温针治疗腰椎间盘突出的多中心研究", "reviewed", 120),
        ),
    ),
    DemoCall(
        "sm",
        "2026-SM",
        "关于组织申报2026年度石墨烯材料应用示范项目的通知",
        KEY,
        CallKind.PROJECT,
        "on_notice",
        ("graphene",),
        (("SM-01", "石墨烯导热与防腐应用", 2, 300), ("SM-02", "石墨烯储能应用", 2, 300)),
        -110,
        -100,
        (
            Way("xumo", "石墨烯导热膜连续化制备与应用示范", "on_notice", 280),
            Way("wenqin", "石墨烯包覆硅碳负极中试技术", "on_hold", 260),
            Way("zhaorigetu", "稀土掺杂石墨烯防腐涂料研制", "reviewed", 240),
        ),
    ),
    DemoCall(
        "tb",
        "2026-TB",
        "关于组织申报2026年度碳捕集利用与封存专项的通知",
        "“双碳”科技创新专项",
        CallKind.PROJECT,
        "decided",
        ("carbon_capture",),
        (("TB-01", "低能耗捕集", 2, 600), ("TB-02", "矿化与转化利用", 2, 400)),
        -200,
        -190,
        (
            Way("qintao", "万吨级燃煤烟气二氧化碳捕集低能耗工艺", "active", 580),
            Way("luohui", "电石渣矿化二氧化碳联产碳酸钙技术", "signing", 360),
            Way("weichen", "二氧化碳加氢制甲醇催化剂寿命提升", "contract_draft", 300),
            Way("guojing", "二氧化碳电化学还原反应器放大", "declined", 320),
        ),
    ),
    DemoCall(
        "xq",
        "2026-XQ",
        "关于组织申报2026年度稀土新材料强链补链项目的通知",
        KEY,
        CallKind.PROJECT,
        "decided",
        ("rare_earth",),
        (("XQ-01", "高性能稀土永磁", 1, 300),),
        -230,
        -220,
        (Way("surina", "烧结钕铁硼晶界扩散重稀土减量技术", "active", 280),),
    ),
    DemoCall(
        "sys",
        "2027-SYS",
        "关于组织申报2027年度自治区重点实验室的通知",
        "平台基地建设",
        CallKind.KEY_LAB,
        "planned",
        ("new_materials", "rare_earth"),
        (("PT-01", "材料领域重点实验室", 4, 200),),
        45,
        55,
    ),
    DemoCall(
        "qn",
        "2027-QN",
        "关于组织申报2027年度青年科技英才项目的通知",
        "人才专项",
        CallKind.PROJECT,
        "in_approval",
        ("big_data",),
        (("RC-01", "青年科技英才", 30, 50),),
        40,
        50,
        (),
        BudgetMode.LUMP_SUM,
    ),
    DemoCall(
        "jd",
        "2027-JD",
        "关于组织申报2027年度国际科技合作基地的通知",
        "平台基地建设",
        CallKind.BASE,
        "draft",
        ("grassland",),
        (("JD-01", "示范型国际科技合作基地", 3, 100),),
        60,
        70,
    ),
)
