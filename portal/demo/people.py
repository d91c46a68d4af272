"""The people of the demo. All invented; the identity numbers are made from birth date and a running number."""

from __future__ import annotations

from dataclasses import dataclass

from directory.enums import Degree as D
from directory.enums import Role as R
from directory.enums import Title as T


@dataclass(frozen=True)
class Who:
    """One person: key (also the e-mail's local part), name, birth date, gender, rank, degree, organisation, roles."""

    key: str
    name: str
    born: str
    female: bool
    title: T
    title_name: str
    degree: D
    organisation: str
    roles: tuple[R, ...] = ()
    discipline: str = ""


DEPARTMENT_STAFF = (
    Who("wulan", "乌兰", "1982-04-12", True, T.ASSOCIATE, "副研究员", D.MASTER, "kjt", (R.PROGRAMME_OFFICER,)),
    Who("hasi", "哈斯", "1976-09-03", False, T.ASSOCIATE, "高级工程师", D.MASTER, "kjt", (R.PROGRAMME_OFFICER,)),
    Who("bateer", "巴特尔", "1970-01-25", False, T.SENIOR, "研究员", D.DOCTOR, "kjt", (R.DECISION_MAKER,)),
    Who("aodeng", "敖登", "1979-11-08", True, T.ASSOCIATE, "副研究员", D.MASTER, "kjt", (R.INTEGRITY_OFFICER,)),
    Who("saren", "萨仁", "1990-06-17", True, T.INTERMEDIATE, "编辑", D.MASTER, "kjt", (R.EDITOR,)),
    Who("siqin", "斯琴", "1984-02-28", True, T.ASSOCIATE, "副编审", D.MASTER, "kjt", (R.APPROVER,)),
    Who("tuya", "图雅", "1981-08-14", True, T.INTERMEDIATE, "审计师", D.BACHELOR, "kjt", (R.AUDITOR,)),
    Who("agula", "阿古拉", "1987-12-30", False, T.INTERMEDIATE, "工程师", D.BACHELOR, "kjt", (R.SYSTEM_ADMIN,)),
)
RECOMMENDERS = (
    Who("huhe", "呼和", "1980-03-09", False, T.INTERMEDIATE, "工程师", D.BACHELOR, "bt", (R.RECOMMENDING_OFFICER,)),
    Who("zhaoyu", "赵玉", "1983-07-21", True, T.INTERMEDIATE, "助理研究员", D.MASTER, "jyt", (R.RECOMMENDING_OFFICER,)),
    Who("mengke", "孟克", "1978-05-02", False, T.INTERMEDIATE, "工程师", D.BACHELOR, "hhht", (R.RECOMMENDING_OFFICER,)),
    Who("liufang", "刘芳", "1985-10-19", True, T.INTERMEDIATE, "经济师", D.BACHELOR, "eeds", (R.RECOMMENDING_OFFICER,)),
    Who("suhe", "苏和", "1977-01-13", False, T.INTERMEDIATE, "工程师", D.BACHELOR, "wlcb", (R.RECOMMENDING_OFFICER,)),
    Who("wurina", "乌日娜", "1986-09-27", True, T.INTERMEDIATE, "农艺师", D.MASTER, "xlgl", (R.RECOMMENDING_OFFICER,)),
    Who("chenjing", "陈静", "1982-06-06", True, T.ASSOCIATE, "副主任医师", D.MASTER, "wjw", (R.RECOMMENDING_OFFICER,)),
)
ADMINISTRATORS = (
    Who("gaowa", "高娃", "1988-05-16", True, T.INTERMEDIATE, "工程师", D.BACHELOR, "rc", (R.ORGANISATION_ADMIN,)),
    Who("lina", "李娜", "1986-11-02", True, T.INTERMEDIATE, "助理研究员", D.MASTER, "clc", (R.ORGANISATION_ADMIN,)),
    Who("qiqige", "其其格", "1991-02-11", True, T.INTERMEDIATE, "工程师", D.MASTER, "ry", (R.ORGANISATION_ADMIN,)),
    Who("zhangwei", "张唯", "1984-08-08", False, T.INTERMEDIATE, "会计师", D.BACHELOR, "hbl", (R.ORGANISATION_ADMIN,)),
    Who(
        "hugejile", "呼格吉勒", "1979-03-24", False, T.INTERMEDIATE, "工程师", D.BACHELOR, "cy", (R.ORGANISATION_ADMIN,)
    ),
    Who("sunli", "孙丽", "1990-12-05", True, T.INTERMEDIATE, "经济师", D.BACHELOR, "lq", (R.ORGANISATION_ADMIN,)),
    Who("nari", "娜日", "1987-07-29", True, T.INTERMEDIATE, "工程师", D.BACHELOR, "my", (R.ORGANISATION_ADMIN,)),
    Who("wangqiang", "王强", "1982-10-10", False, T.INTERMEDIATE, "工程师", D.BACHELOR, "mo", (R.ORGANISATION_ADMIN,)),
    Who("aruna", "阿茹娜", "1992-04-04", True, T.INTERMEDIATE, "工程师", D.MASTER, "cn", (R.ORGANISATION_ADMIN,)),
    Who("zhoubin", "周斌", "1981-01-31", False, T.INTERMEDIATE, "工程师", D.BACHELOR, "tb", (R.ORGANISATION_ADMIN,)),
    Who("wuyun", "乌云", "1985-06-22", True, T.INTERMEDIATE, "主治医师", D.MASTER, "ad", (R.ORGANISATION_ADMIN,)),
    Who("tegusi", "特古斯", "1980-09-15", False, T.INTERMEDIATE, "主治医师", D.BACHELOR, "yy", (R.ORGANISATION_ADMIN,)),
)
RESEARCHERS = (
    Who("surina", "苏日娜", "1985-03-18", True, T.SENIOR, "正高级工程师", D.DOCTOR, "rc", (), "稀土永磁材料"),
    Who("hanlei", "韩磊", "1989-07-07", False, T.ASSOCIATE, "高级工程师", D.DOCTOR, "rc", (), "粉末冶金"),
    Who("chaolu", "朝鲁", "1978-12-01", False, T.SENIOR, "研究员", D.DOCTOR, "ry", (), "稀土分离"),
    Who("nashun", "那顺", "1986-04-23", False, T.ASSOCIATE, "副研究员", D.DOCTOR, "ry", (), "发光材料"),
    Who("tana", "塔娜", "1990-10-30", True, T.INTERMEDIATE, "助理研究员", D.DOCTOR, "ry", (), "磁性材料"),
    Who("lixin", "李昕", "1981-05-27", False, T.SENIOR, "教授", D.DOCTOR, "clc", (), "电化学储能"),
    Who("gerile", "格日勒", "1983-02-14", True, T.SENIOR, "教授", D.DOCTOR, "clc", (), "草原生态"),
    Who("baoyin", "宝音", "1987-09-09", False, T.ASSOCIATE, "副教授", D.DOCTOR, "clc", (), "氢能催化"),
    Who("yangfan", "杨帆", "1993-01-06", True, T.INTERMEDIATE, "讲师", D.DOCTOR, "clc", (), "二氧化碳转化"),
    Who("zhaoning", "赵宁", "1984-11-20", False, T.ASSOCIATE, "副教授", D.DOCTOR, "hbl", (), "动物营养"),
    Who("sachula", "萨础拉", "1988-08-26", True, T.ASSOCIATE, "副教授", D.DOCTOR, "hbl", (), "乳品微生物"),
    Who("wangzhe", "王喆", "1980-06-13", False, T.SENIOR, "研究员", D.DOCTOR, "cy", (), "退化草地修复"),
    Who("menggen", "孟根", "1991-03-03", False, T.INTERMEDIATE, "助理研究员", D.DOCTOR, "cy", (), "遥感监测"),
    Who("machao", "马超", "1982-12-12", False, T.SENIOR, "正高级工程师", D.MASTER, "lq", (), "电解水制氢"),
    Who("linyue", "林悦", "1990-05-05", True, T.ASSOCIATE, "高级工程师", D.DOCTOR, "lq", (), "固态储氢"),
    Who("burigude", "布日古德", "1979-10-17", False, T.ASSOCIATE, "高级畜牧师", D.MASTER, "my", (), "奶牛育种"),
    Who("tianhe", "田禾", "1986-01-19", True, T.ASSOCIATE, "高级工程师", D.MASTER, "my", (), "乳制品加工"),
    Who("xumo", "徐墨", "1983-07-16", False, T.SENIOR, "正高级工程师", D.DOCTOR, "mo", (), "石墨烯导热膜"),
    Who("wenqin", "文琴", "1989-09-21", True, T.ASSOCIATE, "高级工程师", D.DOCTOR, "mo", (), "负极材料"),
    Who("dulin", "杜林", "1981-04-08", False, T.SENIOR, "正高级工程师", D.DOCTOR, "cn", (), "液流电池"),
    Who("haosiya", "郝思雅", "1992-06-25", True, T.INTERMEDIATE, "工程师", D.DOCTOR, "cn", (), "电池安全"),
    Who("qintao", "秦涛", "1977-02-02", False, T.SENIOR, "正高级工程师", D.DOCTOR, "tb", (), "二氧化碳捕集"),
    Who("luohui", "罗慧", "1988-10-28", True, T.ASSOCIATE, "高级工程师", D.DOCTOR, "tb", (), "矿化利用"),
    Who("bilige", "毕力格", "1975-08-18", False, T.SENIOR, "主任医师", D.DOCTOR, "ad", (), "蒙药药理"),
    Who("aotegen", "敖特根", "1984-03-12", True, T.ASSOCIATE, "副主任医师", D.DOCTOR, "ad", (), "蒙医正骨"),
    Who("zhaorigetu", "昭日格图", "1985-02-21", False, T.ASSOCIATE, "副研究员", D.DOCTOR, "ry", (), "功能涂层"),
    Who("liuyang", "刘洋", "1984-09-30", False, T.ASSOCIATE, "高级工程师", D.DOCTOR, "mo", (), "电池材料回收"),
    Who("bayaer", "巴雅尔", "1988-11-11", False, T.ASSOCIATE, "高级工程师", D.DOCTOR, "mo", (), "热管理"),
    Who("sarinai", "萨日奈", "1987-04-18", True, T.ASSOCIATE, "副研究员", D.DOCTOR, "cy", (), "草业遥感"),
    Who("guojing", "郭静", "1980-12-03", True, T.SENIOR, "教授", D.DOCTOR, "clc", (), "电催化"),
    Who("weichen", "魏晨", "1986-07-07", False, T.ASSOCIATE, "副教授", D.DOCTOR, "clc", (), "催化化学"),
    Who("hada", "哈达", "1983-05-25", False, T.ASSOCIATE, "副教授", D.DOCTOR, "hbl", (), "食品检测"),
    Who("namila", "娜米拉", "1987-12-24", True, T.ASSOCIATE, "副主任医师", D.MASTER, "yy", (), "蒙医温针"),
)
EXPERTS = (
    Who("fangzhiyuan", "方致远", "1968-05-30", False, T.SENIOR, "教授", D.DOCTOR, "hbl", (R.EXPERT,), "材料科学"),
    Who("shenlan", "沈岚", "1972-11-11", True, T.SENIOR, "教授", D.DOCTOR, "hbl", (R.EXPERT,), "电化学"),
    Who("huangqishan", "黄岐山", "1966-02-19", False, T.SENIOR, "研究员", D.DOCTOR, "cy", (R.EXPERT,), "化学工程"),
    Who("suyale", "苏雅乐", "1971-07-23", True, T.SENIOR, "教授", D.DOCTOR, "clc", (R.EXPERT,), "畜牧学"),
    Who("luchangming", "陆长明", "1969-09-14", False, T.SENIOR, "研究员", D.DOCTOR, "ry", (R.EXPERT,), "冶金工程"),
    Who("erdeni", "额尔德尼", "1973-04-27", False, T.SENIOR, "主任医师", D.DOCTOR, "yy", (R.EXPERT,), "蒙医学"),
    Who("gaoyuan", "高原", "1974-12-08", False, T.SENIOR, "教授", D.DOCTOR, "clc", (R.EXPERT,), "能源动力"),
    Who("tongla", "通拉嘎", "1976-06-03", True, T.SENIOR, "研究员", D.DOCTOR, "cy", (R.EXPERT,), "生态学"),
    Who("jiangwen", "蒋文", "1970-10-22", True, T.SENIOR, "高级会计师", D.MASTER, "ad", (R.EXPERT,), "财务管理"),
)
EVERYBODY = DEPARTMENT_STAFF + RECOMMENDERS + ADMINISTRATORS + RESEARCHERS + EXPERTS
# The one-click sign-ins of the start page, in the order of the way.
FACES: tuple[tuple[str, str], ...] = (
    ("surina", "applicant"),
    ("gaowa", "organisation_admin"),
    ("huhe", "recommending_officer"),
    ("wulan", "programme_officer"),
    ("hasi", "second_officer"),
    ("fangzhiyuan", "expert"),
    ("bateer", "decision_maker"),
    ("aodeng", "integrity_officer"),
    ("saren", "editor"),
    ("siqin", "approver"),
    ("tuya", "auditor"),
    ("agula", "system_admin"),
)
