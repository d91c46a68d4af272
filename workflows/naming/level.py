"""Texts made level: one way to write what can be written in several, each character at its place."""

from __future__ import annotations

import re
import unicodedata

# Traditional characters of surnames, given names, places and organisations with their simplified form. A few hundred
# characters make up nearly all names; a whole table would need a library for what nobody types here.
PAIRS = (
    "內内農农業业學学醫医師师範范財财經经電电礦矿產产機机構构應应環环資资開开發发實实驗验國国華华東东區区縣县鄉乡"
    "長长門门間间關关陽阳陰阴隊队聯联團团廠厂術术藝艺職职療疗設设計计測测質质氣气態态獸兽勞劳動动務务書书圖图館馆"
    "張张劉刘陳陈楊杨趙赵黃黄吳吴孫孙馬马羅罗鄭郑謝谢許许韓韩馮冯鄧邓蕭萧葉叶蔣蒋蘇苏呂吕盧卢賈贾鍾钟鐘钟譚谭陸陆"
    "鄒邹閻阎龍龙萬万賀贺顧顾錢钱嚴严湯汤齊齐龔龚爾尔額额興兴遼辽貝贝畢毕訥讷寶宝達达慶庆偉伟麗丽傑杰強强軍军紅红"
    "飛飞鵬鹏蘭兰鳳凤雲云連连輝辉榮荣衛卫義义禮礼賢贤穎颖潔洁靜静瑩莹嬌娇銀银鐵铁鋼钢際际烏乌滿满彥彦巖岩灣湾"
    "體体車车風风馮冯魯鲁鮑鲍麥麦龐庞寧宁賽赛剛刚維维綠绿純纯綱纲緒绪練练績绩續续織织綜综網网權权樂乐橋桥樹树樓楼"
    "歐欧決决沖冲溫温潤润澤泽濱滨濤涛燦灿燈灯爐炉獨独瑪玛瓊琼畫画疊叠盤盘監监確确礎础種种穩稳競竞節节糧粮細细紹绍"
    "絲丝給给統统線线編编總总繼继聖圣聲声肅肃蔭荫薩萨藍蓝藥药處处號号蟲虫補补觀观訓训記记証证評评詩诗誠诚調调論论"
    "諾诺謙谦證证識识議议護护讓让貴贵費费貿贸賓宾賴赖購购趨趋躍跃軟软輕轻載载農农運运進进過过遠远適适選选還还邊边"
    "鄰邻鄭郑針针鈴铃鉛铅銘铭銳锐錄录錦锦鍵键鎮镇鏡镜鑒鉴陣阵陳陈隨随險险雙双雜杂雞鸡離离難难靈灵響响頁页項项順顺"
    "領领頭头題题顏颜願愿類类養养餘余駿骏騰腾驛驿魚鱼鮮鲜鳥鸟鴻鸿鶴鹤鹽盐點点黨党齡龄"
)
SIMPLE = dict(zip(PAIRS[::2], PAIRS[1::2], strict=True))
# What may stand between two characters of a name: blanks, line ends, marks without width, points of Mongolian names.
GAP = r"[\s\u200b-\u200f\u2060\ufeff·•・‧∙]"
GAPS = re.compile(GAP)


class _Level(dict[int, int | str]):
    """A table for `str.translate` that fills itself: one character for one."""

    def __missing__(self, code: int) -> str:
        plain = unicodedata.normalize("NFKC", chr(code)).lower()
        one = SIMPLE.get(plain, plain) if len(plain) == 1 else chr(code)
        self[code] = one
        return one


_LEVEL = _Level()


def level(text: str) -> str:
    """`text` in compatibility form, small letters and simplified characters, with as many characters as before."""
    return text.translate(_LEVEL)


def folded(name: str) -> str:
    """A name made level without anything between its characters: equal for all ways to write it."""
    return GAPS.sub("", level(name))
