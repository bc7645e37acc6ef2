"""Code lists: every spelling an office uses, and the one value the house uses for it.

Canonical values are the Chinese words of the standards, programmes their pinyin names. Spellings come from
GB/T 2261.1 (sex), GB/T 2261.2 (marital status), GB/T 4761 (kinship) and from real exports; a value outside a list is
reported, never guessed.
"""

from __future__ import annotations

from typing import Final


def _list(**values: str) -> dict[str, str]:
    """Turn `canonical="alias alias"` into an alias table that holds the canonical value as well."""
    return {alias: canonical for canonical, words in values.items() for alias in (canonical, *words.split())}


CODES: Final[dict[str, dict[str, str]]] = {
    "sex": _list(男="1 男性", 女="2 女性", 未知="0 9 未说明"),
    "marital": _list(未婚="10", 已婚="20 初婚 21 再婚 22 复婚 23 有配偶", 丧偶="30", 离婚="40 离异", 未说明="90 未知"),
    "relation": _list(
        户主="本人 户主本人 申请人 本人或户主 01 02 0",
        配偶="夫 妻 妻子 丈夫 1 10 11 12",
        子="儿子 长子 次子 三子 独生子 之子 养子 继子 2 20",
        女="女儿 长女 次女 三女 独生女 之女 养女 继女 3 30",
        子女="",
        儿媳="媳妇",
        女婿="",
        父母="父 母 父亲 母亲 公公 婆婆 岳父 岳母 5 50",
        祖父母="祖父 祖母 外祖父 外祖母 爷爷 奶奶 外公 外婆 (外)祖父母 6",
        孙子女="孙子 孙女 外孙 外孙子 外孙女 孙 (外)孙子女 4",
        兄弟姐妹="兄 弟 姐 妹 哥哥 弟弟 姐姐 妹妹 兄弟 姐妹 7",
        其他="其它 8",
    ),
    "status": _list(
        在保="正常 在享 享受中 在册 保障中",
        渐退="渐退期 缓退",
        暂停="暂停发放 停发",
        停保="已停保 终止 退出 注销 取消",
        待审核="审核中",
        不予批准="不予确认 未批准",
    ),
    "programme": _list(
        dibao="低保 低保金 城乡低保 城市低保 农村低保 最低生活保障 最低生活保障金 最低生活保障对象 "
        "城市最低生活保障 农村最低生活保障",
        tekun="特困 特困人员 特困供养 特困人员供养 特困人员救助供养 五保 农村五保 城市三无",
        dibao_edge="低保边缘 低保边缘家庭 边缘户",
        orphan="孤儿 孤儿基本生活费 孤儿养育 孤儿基本生活保障",
        disability_subsidy="残疾人两项补贴 两项补贴",
        disability_living="困难残疾人生活补贴 生活补贴 残疾人生活补贴",
        disability_care="重度残疾人护理补贴 护理补贴 残疾人护理补贴",
        youfu="优抚 优抚对象 优抚对象补助 抚恤补助",
    ),
    "urban_rural": _list(城市="城镇 城 城市低保 1", 农村="乡村 农 农村低保 2"),
    "id_type": _list(
        居民身份证="身份证 1 01 二代身份证",
        港澳台居民居住证="",
        外国人永久居留身份证="外国人永久居留证",
        护照="",
        港澳居民来往内地通行证="",
        台湾居民来往大陆通行证="",
        军官证="士兵证",
        出生医学证明="出生证",
        户口簿="户口本",
        无证件="无 暂无",
    ),
    "exclude_reason": _list(
        服刑="在押服刑 监狱服刑",
        强制隔离戒毒="强戒",
        宣告失踪="失踪",
        宗教教职="宗教教职满3年",
        义务兵="服义务兵役 现役义务兵",
        其他="其它 分户生活",
    ),
    "payment_kind": _list(正常="", 补发="", 扣回="扣款", 重发=""),
    "payment_result": _list(成功="发放成功 已发 已到账", 退回="失败 发放失败 退票", 待发="未发"),
    "death_source": _list(funeral="殡仪馆 殡葬 火化", police="公安 公安注销 户籍注销", health="卫健 疾控 医学死亡证明"),
    "vehicle_status": _list(
        正常="A",
        注销="已注销",
        报废="已报废 强制报废",
        转出="已转出",
        抵押="",
        盗抢="被盗抢 丢失",
        违法未处理="逾期未检验",
    ),
    "payroll_status": _list(在编在岗="在职 在岗 在编", 退休="离退休 离休", 离职="辞职 调出 开除", 死亡=""),
    "entity_status": _list(存续="在业 开业 在营 正常 存续(在营、开业、在册)", 吊销="吊销未注销", 注销="已注销"),
    "title_status": _list(现势="正常 有效", 注销="已注销", 查封="", 抵押=""),
    "marriage_kind": _list(
        结婚="结婚登记 初婚 再婚", 离婚="离婚登记", 补领="补领结婚证 补发 补领婚姻证件", 撤销="撤销婚姻"
    ),
    "decision": _list(同意="批准 通过 确认 符合", 驳回="不予批准 不同意 不予确认", 退回补正="退回 补正"),
    "check_result": _list(符合="符合条件 通过 未见异常", 不符合="不符 超标 不符合条件 收入超标 财产超标"),
    "objection_result": _list(符合="复核符合 成立 通过", 不符合="维持 不成立 复核不符合"),
    "pension_kind": _list(
        职工="企业职工 企业职工养老 职工养老 城镇职工",
        机关="机关事业 机关事业单位 机关退休",
        城乡居民="居民养老 城乡居民养老",
        遗属="遗属补助 抚恤",
    ),
    "pension_status": _list(在领="正常 领取中", 暂停="", 终止="停发"),
    "distress": _list(孤儿="", 事实无人抚养儿童="事实无人抚养", 艾滋病病毒感染儿童=""),
    "raising_mode": _list(社会散居="散居", 机构="机构养育 集中"),
    "tekun_mode": _list(集中="集中供养", 分散="分散供养", 居家=""),
    "self_care": _list(能自理="全自理 具备 完全自理", 部分自理="部分丧失 半自理", 不能自理="完全丧失 失能"),
    "exemption_kind": _list(无="", 医疗用车="", 康复用车="", 生计用车="", 救助款存款="", 售房款=""),
    "supplement": _list(老年="老年人", 未成年人="未成年", 重残="重度残疾", 重病="大病", 其他="其它"),
    "category": _list(整户保="整户 最低生活保障对象", 单人保="单人 单人户 最低生活保障对象(单人)"),
}
"""Code list → spelling → canonical value. Spellings are compared after NFKC and removal of white space."""
