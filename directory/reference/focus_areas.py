"""The focus areas that the department supports, in two levels: (code, name, English name, what it covers, parts)."""

from __future__ import annotations

from typing import NamedTuple


class Area(NamedTuple):
    """One area of the first level with its parts (code, name, English name)."""

    code: str
    name: str
    name_en: str
    summary: str
    parts: tuple[tuple[str, str, str], ...] = ()


AREAS: tuple[Area, ...] = (
    Area(
        "rare_earth",
        "稀土",
        "Rare earth",
        "稀土资源绿色开采与高值利用，永磁、储氢、催化、发光等功能材料。",
        (
            ("rare_earth_magnets", "稀土永磁材料", "Rare earth magnets"),
            ("rare_earth_separation", "稀土分离与资源利用", "Separation and use of resources"),
            ("rare_earth_functional", "稀土功能材料", "Functional materials"),
        ),
    ),
    Area(
        "hydrogen",
        "氢能",
        "Hydrogen",
        "可再生能源制氢、储运、燃料电池及安全。",
        (
            ("hydrogen_production", "绿氢制备", "Green hydrogen production"),
            ("hydrogen_storage", "氢储运", "Storage and transport"),
            ("fuel_cells", "燃料电池", "Fuel cells"),
        ),
    ),
    Area(
        "energy_storage",
        "储能",
        "Energy storage",
        "电化学储能、物理储能、系统集成与安全。",
        (
            ("flow_batteries", "液流电池", "Flow batteries"),
            ("battery_safety", "电池安全与回收", "Battery safety and recycling"),
        ),
    ),
    Area(
        "graphene",
        "石墨（烯）",
        "Graphite and graphene",
        "石墨资源利用、石墨烯规模制备及导热、防腐、储能应用。",
        (
            ("graphene_heat", "导热与防腐", "Heat conduction and protection"),
            ("anodes", "负极材料", "Anode materials"),
        ),
    ),
    Area(
        "carbon_capture",
        "碳捕集利用与封存",
        "Carbon capture, use and storage",
        "低能耗捕集、矿化与化学转化、封存监测。",
        (
            ("capture", "捕集", "Capture"),
            ("mineralisation", "矿化与转化", "Mineralisation and conversion"),
        ),
    ),
    Area(
        "dairy",
        "奶业",
        "Dairy",
        "奶畜种业、饲草、乳制品加工与质量安全。",
        (
            ("dairy_breeding", "奶牛良种繁育", "Dairy cattle breeding"),
            ("dairy_products", "乳制品加工", "Dairy products"),
        ),
    ),
    Area(
        "grassland",
        "草原生态",
        "Grassland ecology",
        "退化草原修复、草种业、荒漠化防治与生态监测。",
        (
            ("grass_breeding", "草种业", "Grass breeding"),
            ("desertification", "荒漠化防治", "Combating desertification"),
        ),
    ),
    Area(
        "mongolian_medicine",
        "蒙医药",
        "Mongolian medicine",
        "蒙药新药与质量标准、蒙医诊疗技术评价与传承。",
        (
            ("mongolian_drugs", "蒙药", "Mongolian drugs"),
            ("mongolian_therapy", "蒙医诊疗技术", "Therapies"),
        ),
    ),
    Area("new_materials", "新材料", "New materials", "铝镁合金、硅材料、碳纤维、生物基材料。"),
    Area(
        "agriculture",
        "现代农牧业",
        "Farming and husbandry",
        "种业、黑土地保护、盐碱地改良、肉牛肉羊、马铃薯、玉米大豆。",
    ),
    Area("coal_chemistry", "现代煤化工", "Modern coal chemistry", "煤基新材料、节水降碳、高盐水处理与固废利用。"),
    Area(
        "big_data", "大数据与人工智能", "Data and artificial intelligence", "算力网络、行业模型、智慧能源与智慧农牧业。"
    ),
)
