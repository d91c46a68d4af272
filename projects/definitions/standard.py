"""The built-in definitions an officer starts from: forms, rule sets, scoring schemes.

They are content, not program text: written in Chinese like the calls they become part of, and changed freely
afterwards. The parts of the form follow the common application form of regional programmes (domain 2.2, 7.4).
In a lump-sum call the field of kind `budget` asks for the two totals only; the grid of categories is not shown.
"""

from __future__ import annotations

from decimal import Decimal

from projects.definitions.form import Column, FieldKind, Form, FormField, Section
from projects.definitions.rules import Comparison, Consequence, Rule, Subject
from projects.definitions.scoring import Criterion, Scoring, Veto
from projects.enums import BudgetMode, CallKind

K = FieldKind
FIELD_RULES = "内科发〔2024〕89号"
"""The project rules of Inner Mongolia of 2024 (domain, S12); officers replace it by the document of their call."""


def _essay(name: str, label: str, most: int, hint: str = "", *, least: int = 0, blind: bool = False) -> FormField:
    return FormField(
        id=name, kind=K.LONG_TEXT, label=label, hint=hint, least_length=least, most_length=most, blind=blind
    )


def _files(name: str, label: str, hint: str = "", *, required: bool = True, most: int = 1) -> FormField:
    """Papers with signatures and stamps: never a part of an anonymous dossier."""
    return FormField(id=name, kind=K.FILES, label=label, hint=hint, required=required, most_files=most, blind=True)


def _column(name: str, label: str, kind: FieldKind = K.TEXT, *, required: bool = True) -> Column:
    return Column(id=name, label=label, kind=kind, required=required)


BASIC = Section(
    id="basic",
    title="基本信息",
    hint="项目名称应与所选指南方向一致，不含单位名称和人名。",
    fields=(
        FormField(id="title", kind=K.TITLE, label="项目名称", hint="不超过40个字", most_length=40),
        FormField(id="direction", kind=K.DIRECTION, label="指南方向"),
        FormField(id="term", kind=K.TERM, label="执行期"),
        FormField(id="keywords", kind=K.KEYWORDS, label="关键词", hint="3至5个，用分号隔开"),
        FormField(id="nature", kind=K.CHOICE, label="研究类型", choices=("基础研究", "应用研究", "试验发展")),
        _essay("abstract", "项目摘要", 400, "用本领域以外的人也能读懂的话，说明做什么、怎么做、有什么用。", least=50),
    ),
)
RATIONALE = Section(
    id="rationale",
    title="立项依据",
    fields=(
        _essay("need", "研究意义与自治区需求", 2000, "说明要解决的问题及其对自治区产业或民生的作用。", least=100),
        _essay("state_of_art", "国内外研究现状与发展趋势", 3000, "列出主要参考文献。", least=100),
    ),
)
CONTENT = Section(
    id="content",
    title="研究内容与目标",
    fields=(
        _essay("contents", "主要研究内容", 3000, least=100),
        _essay("goals", "研究目标", 1000),
        FormField(
            id="targets",
            kind=K.TABLE,
            label="考核指标",
            hint="每项指标应能在验收时核对。",
            columns=(
                _column("name", "指标名称"),
                _column("value", "目标值"),
                _column("check", "考核方式"),
            ),
            least_rows=2,
            most_rows=20,
        ),
    ),
)
ROUTE = Section(
    id="route",
    title="技术路线",
    fields=(
        _essay("methods", "研究方法与技术路线", 3000, least=100),
        _essay("novelty", "特色与创新之处", 1000),
        FormField(
            id="schedule",
            kind=K.TABLE,
            label="进度安排",
            columns=(
                _column("from", "开始", K.DATE),
                _column("to", "结束", K.DATE),
                _column("work", "工作内容与阶段目标"),
            ),
            least_rows=1,
            most_rows=12,
        ),
    ),
)
FOUNDATION = Section(
    id="foundation",
    title="研究基础",
    hint="匿名评审时，本部分不提供给专家。",
    fields=(
        _essay("record", "前期工作基础", 2000, blind=True),
        _essay("conditions", "研究条件", 1000, "设备、平台、试验地及其保障。", blind=True),
    ),
)
TEAM = Section(
    id="team",
    title="团队",
    fields=(
        FormField(id="members", kind=K.TEAM, label="项目组成员", hint="项目骨干须在提交前本人确认。", blind=True),
        _essay("division", "分工", 800, blind=True),
    ),
)
AVOID = FormField(id="avoid", kind=K.AVOID, label="申请回避的专家或单位", hint="写明理由，最多3项。", required=False)
AVOIDANCE = Section(
    id="avoidance",
    title="评审回避",
    hint="可不填。主管部门据此安排专家，内容不提供给评审专家。",
    fields=(AVOID,),
)
EQUIPMENT = FormField(
    id="equipment",
    kind=K.EQUIPMENT,
    label="购置设备清单",
    hint="购置设备费达到规定数额的逐台填写；单价为万元，含财政和自筹资金。",
    required=False,
)
BUDGET = Section(
    id="budget",
    title="预算",
    fields=(
        FormField(id="money", kind=K.BUDGET, label="经费预算", hint="单位为万元，财政资金与自筹资金分列。"),
        EQUIPMENT,
        FormField(id="years", kind=K.YEARS, label="分年度预算", hint="各年度合计应与经费预算一致。", required=False),
        FormField(
            id="shares",
            kind=K.SHARES,
            label="课题与参与单位预算",
            hint="设课题或有参与单位的填写：逐课题、逐单位、逐科目，合计应与经费预算一致；单位须在本系统注册。",
            required=False,
        ),
        _essay("budget_basis", "测算依据", 1500),
    ),
)
LUMP_SUM = Section(
    id="budget",
    title="经费",
    hint="本类项目实行经费包干制，不编制分科目预算。",
    fields=(
        FormField(id="money", kind=K.BUDGET, label="申请经费", hint="单位为万元，只填总额。"),
        _files("lump_sum_promise", "经费包干制承诺书", "项目负责人签字、依托单位盖章后扫描。"),
    ),
)
ATTACHMENTS = Section(
    id="attachments",
    title="附件",
    hint="扫描件应清晰完整，材料不得含有涉密内容。",
    fields=(
        _files("promise", "科研诚信承诺书", "项目负责人签字、单位盖章。"),
        _files("cooperation", "合作协议", "有合作单位的必须提供，协议由双方盖章。", required=False, most=5),
        _files("ethics", "伦理审查意见", "涉及人体、动物实验的必须提供。", required=False),
        _files("others", "其他证明材料", required=False, most=10),
    ),
)
LAB_SECTIONS = (
    Section(
        id="basic",
        title="基本信息",
        fields=(
            FormField(id="title", kind=K.TITLE, label="实验室名称", most_length=40),
            FormField(id="direction", kind=K.DIRECTION, label="建设方向"),
            FormField(id="keywords", kind=K.KEYWORDS, label="关键词"),
            FormField(id="lab_type", kind=K.CHOICE, label="实验室类型", choices=("学科类", "企业类", "省部共建类")),
            _essay("abstract", "实验室简介", 800, least=50),
        ),
    ),
    Section(
        id="orientation",
        title="定位与研究方向",
        fields=(
            _essay("position", "总体定位", 2000, least=100),
            _essay("directions", "主要研究方向", 3000, "每个方向写明带头人和近三年代表性成果。", least=100),
        ),
    ),
    Section(
        id="conditions",
        title="条件与平台",
        fields=(
            FormField(id="area", kind=K.DECIMAL, label="科研用房面积（平方米）", least=0, most=100000),
            FormField(id="equipment", kind=K.MONEY, label="仪器设备原值（万元）", least=0),
            FormField(
                id="instruments",
                kind=K.TABLE,
                label="主要仪器设备",
                columns=(
                    _column("name", "名称"),
                    _column("model", "型号"),
                    _column("price", "原值（万元）", K.MONEY),
                    _column("bought", "购置日期", K.DATE, required=False),
                ),
                least_rows=1,
            ),
        ),
    ),
    TEAM,
    Section(
        id="building",
        title="建设方案",
        fields=(
            _essay("plan", "建设目标与任务", 3000, least=100),
            _essay("opening", "开放共享与运行管理", 1500),
            _essay("support", "依托单位保障", 1000, "人、财、物的具体保障，说明每年投入。"),
        ),
    ),
    AVOIDANCE,
    ATTACHMENTS,
)
BASE_SECTIONS = (
    Section(
        id="basic",
        title="基本信息",
        fields=(
            FormField(id="title", kind=K.TITLE, label="基地名称", most_length=40),
            FormField(id="direction", kind=K.DIRECTION, label="合作领域"),
            FormField(id="keywords", kind=K.KEYWORDS, label="关键词"),
            FormField(
                id="base_type",
                kind=K.CHOICE,
                label="基地类型",
                choices=("国际创新园", "国际联合研究中心", "国际技术转移中心", "示范型国际科技合作基地"),
            ),
        ),
    ),
    Section(
        id="partnership",
        title="合作基础",
        fields=(
            FormField(
                id="partners",
                kind=K.TABLE,
                label="境外合作机构",
                columns=(
                    _column("name", "机构名称"),
                    _column("country", "国家或地区"),
                    _column("since", "合作起始", K.DATE),
                    _column("content", "合作内容"),
                ),
                least_rows=1,
                most_rows=20,
            ),
            _essay("results", "近三年合作成果", 2000, least=50),
        ),
    ),
    TEAM,
    Section(
        id="working",
        title="工作计划",
        fields=(
            _essay("plan", "三年合作计划", 2000, least=100),
            _essay("support", "条件保障", 1000),
        ),
    ),
    AVOIDANCE,
    ATTACHMENTS,
)
FORMS: dict[str, Form] = {
    "standard": Form(sections=(BASIC, RATIONALE, CONTENT, ROUTE, FOUNDATION, TEAM, BUDGET, AVOIDANCE, ATTACHMENTS)),
    "lump_sum": Form(sections=(BASIC, RATIONALE, CONTENT, ROUTE, FOUNDATION, TEAM, LUMP_SUM, AVOIDANCE, ATTACHMENTS)),
    "key_lab": Form(sections=LAB_SECTIONS),
    "base": Form(sections=BASE_SECTIONS),
}


def _rule(
    name: str,
    subject: Subject,
    comparison: Comparison,
    value: object,
    explanation: str,
    *,
    warn: bool = False,
) -> Rule:
    consequence = Consequence.WARN if warn else Consequence.BLOCK
    return Rule(
        id=name,
        subject=subject,
        comparison=comparison,
        value=value,
        consequence=consequence,
        explanation=explanation,
        document=FIELD_RULES,
    )


S, C = Subject, Comparison
COMMON_RULES = (
    _rule("verified", S.ORGANISATION_VERIFIED, C.IS, True, "申报单位须已通过归口管理部门审核。"),
    _rule("overdue", S.OVERDUE_ACCEPTANCES, C.AT_MOST, 0, "申报单位和项目负责人不得有逾期未验收的项目。"),
    _rule("region", S.ORGANISATION_REGION, C.ONE_OF, ["15"], "申报单位须在自治区境内注册。"),
    _rule("not_public_body", S.ORGANISATION_KIND, C.NOT_ONE_OF, ["government"], "行政机关不得牵头或参与申报。"),
    _rule("registered", S.ORGANISATION_AGE, C.AT_LEAST, 1, "申报单位注册时间须满一年。"),
)
RULE_SETS: dict[str, tuple[Rule, ...]] = {
    "project": (
        *COMMON_RULES,
        _rule("age", S.APPLICANT_AGE, C.AT_MOST, 60, "项目负责人年龄不超过60周岁。"),
        _rule(
            "title_or_degree",
            S.APPLICANT_TITLE_OR_DEGREE,
            C.ONE_OF,
            ["senior", "associate", "doctor"],
            "项目负责人应具有副高级以上职称或博士学位。",
        ),
        _rule("leading", S.APPLICANT_LEADING, C.AT_MOST, 1, "项目负责人限牵头1项，含在研项目。"),
        _rule("total", S.APPLICANT_TOTAL, C.AT_MOST, 2, "项目负责人申报与在研项目合计不超过2项。"),
        _rule("member_total", S.MEMBER_TOTAL, C.AT_MOST, 2, "项目骨干申报与在研项目合计不超过2项。"),
        _rule("own_ratio", S.OWN_RATIO, C.AT_LEAST, "1", "企业牵头的，自筹资金与财政资金之比不低于1:1。"),
        _rule("most_amount", S.MOST_AMOUNT, C.AT_MOST, "direction", "申请金额不超过指南方向规定的上限。"),
        _rule("team_size", S.TEAM_SIZE, C.AT_LEAST, 3, "项目组一般不少于3人。", warn=True),
    ),
    "youth": (
        *COMMON_RULES,
        _rule("age", S.APPLICANT_AGE, C.AT_MOST, 35, "申请人年龄不超过35周岁。"),
        _rule(
            "title_or_degree",
            S.APPLICANT_TITLE_OR_DEGREE,
            C.ONE_OF,
            ["senior", "associate", "intermediate", "doctor"],
            "申请人应具有中级以上职称或博士学位。",
        ),
        _rule("leading", S.APPLICANT_LEADING, C.AT_MOST, 1, "申请人限牵头1项，含在研项目。"),
        _rule("most_amount", S.MOST_AMOUNT, C.AT_MOST, "direction", "申请金额不超过指南方向规定的上限。"),
    ),
    "platform": (
        *COMMON_RULES,
        _rule("title", S.APPLICANT_TITLE, C.ONE_OF, ["senior"], "负责人应具有正高级职称。"),
        _rule("team_size", S.TEAM_SIZE, C.AT_LEAST, 10, "固定人员一般不少于10人。", warn=True),
    ),
}


def _criterion(name: str, label: str, weight: int, guidance: str) -> Criterion:
    return Criterion(id=name, name=label, weight=Decimal(weight), guidance=guidance)


SCORINGS: dict[str, Scoring] = {
    "project": Scoring(
        criteria=(
            _criterion("value", "科学价值与应用前景", 30, "是否针对自治区需求，成果能否用得上。"),
            _criterion("novelty", "创新性", 25, "与国内外同类工作相比，新在哪里。"),
            _criterion("feasibility", "方案可行性", 25, "技术路线、进度和指标是否切实。"),
            _criterion("foundation", "研究基础与条件", 10, "已有工作和条件是否支撑目标。"),
            _criterion("budget", "预算合理性", 10, "经费与任务是否相称。"),
        ),
        vetoes=(Veto(id="guide", name="申报内容与指南方向是否相符"),),
    ),
    "platform": Scoring(
        criteria=(
            _criterion("position", "定位与研究方向", 25, "方向是否凝练，与自治区布局是否一致。"),
            _criterion("level", "研究水平与贡献", 30, "代表性成果及其作用。"),
            _criterion("team", "队伍建设", 20, "带头人与梯队。"),
            _criterion("conditions", "条件与开放", 15, "设备、面积与共享。"),
            _criterion("support", "依托单位支持", 10, "保障是否具体可查。"),
        ),
    ),
}


def form_for(kind: str, budget_mode: str) -> Form:
    """The form that a new call of this kind starts with."""
    if kind == CallKind.PROJECT:
        return FORMS["lump_sum" if budget_mode == BudgetMode.LUMP_SUM else "standard"]
    return FORMS[kind]


def rules_for(kind: str) -> tuple[Rule, ...]:
    """The rules that a new call of this kind starts with."""
    return RULE_SETS["project" if kind == CallKind.PROJECT else "platform"]


def scoring_for(kind: str) -> Scoring:
    """The scoring scheme that a new call of this kind starts with."""
    return SCORINGS["project" if kind == CallKind.PROJECT else "platform"]
