"""Code lists: every spelling an office uses, and the one value the house uses for it.

Canonical values are the Chinese words of the standards, programmes their pinyin names. Spellings come from the
standards, the regulations and real exports that `CODE_LISTS` names; a value outside a list is reported, never guessed.
A column whose words nobody has listed (`cause`, `post` …) has no list and keeps its words.
"""

from __future__ import annotations

from typing import Final, NamedTuple


class CodeList(NamedTuple):
    """What a code list is called and where it comes from."""

    title: str
    source: str


def _list(**values: str) -> dict[str, str]:
    """Turn `canonical="alias alias"` into an alias table that holds the canonical value as well.

    Raises:
        ValueError: a spelling stands for two values.
    """
    table: dict[str, str] = {}
    for canonical, words in values.items():
        for alias in (canonical, *words.split()):
            if table.setdefault(alias, canonical) != canonical:
                raise ValueError(f"{alias}: {table[alias]} / {canonical}")
    return table


def _grades(*kinds: str, last: int) -> dict[str, str]:
    """`一级` to the last grade: as digits too, alone or with a word before or behind (`残疾一级`, `一级残疾`)."""
    numerals = "一二三四五六七八九十"[:last]
    return _list(
        **{
            f"{numeral}级": " ".join(
                (
                    f"{digit} {digit}级 {numeral}",
                    *(f"{kind}{numeral}级 {numeral}级{kind} {kind}{digit}级" for kind in kinds),
                )
            )
            for digit, numeral in enumerate(numerals, start=1)
        }
    )


_PEOPLES: Final = (
    "汉 蒙古 回 藏 维吾尔 苗 彝 壮 布依 朝鲜 满 侗 瑶 白 土家 哈尼 哈萨克 傣 黎 傈僳 佤 畲 高山 拉祜 水 东乡 纳西 景颇 "
    "柯尔克孜 土 达斡尔 仫佬 羌 布朗 撒拉 毛南 仡佬 锡伯 阿昌 普米 塔吉克 怒 乌孜别克 俄罗斯 鄂温克 德昂 保安 裕固 京 "
    "塔塔尔 独龙 鄂伦春 赫哲 门巴 珞巴 基诺"
)
"""The peoples in the order of GB/T 3304: the position is the code."""

CODES: Final[dict[str, dict[str, str]]] = {
    "sex": _list(男="1 男性", 女="2 女性", 未知="0 9 未说明"),
    "marital": _list(未婚="10", 已婚="20 初婚 21 再婚 22 复婚 23 有配偶", 丧偶="30", 离婚="40 离异", 未说明="90 未知"),
    "ethnicity": _list(
        **{f"{people}族": f"{people} {code:02} {code}" for code, people in enumerate(_PEOPLES.split(), start=1)},
        其他="其它 97",
        外国血统="外国血统中国籍人士 外国血统的中国籍人士 98",
    ),
    "education": _list(
        研究生="博士 博士研究生 硕士 硕士研究生 研究生教育",
        本科="大学本科 大学本科教育",
        专科="大专 大学专科 高职 大学专科教育",
        中专="中等专科 中等职业教育 中职 职高 职业高中 技校 技工学校",
        高中="普通高中 普通高级中学教育",
        初中="初级中学教育",
        小学="小学教育",
        文盲="文盲或半文盲 半文盲 未上学 未读书",
        其他="其它",
    ),
    "political": _list(
        中共党员="党员 共产党员 中国共产党党员",
        中共预备党员="预备党员 中国共产党预备党员",
        共青团员="团员 中国共产主义青年团团员",
        民主党派="民革党员 民盟盟员 民建会员 民进会员 农工党党员 致公党党员 九三学社社员 台盟盟员",
        无党派人士="无党派民主人士 无党派",
        群众="普通群众 普通公民",
    ),
    "hukou_type": _list(
        农业="农村 农业户口 农村户口 农业家庭户 农业家庭户口 农村居民",
        非农业="非农 城镇 城市 非农业户口 城镇户口 非农业家庭户 非农业家庭户口 城镇居民",
        居民="居民户口 居民户 居民家庭户 居民家庭户口",
    ),
    "account_kind": _list(社保卡="社会保障卡", 非社保卡="银行卡 借记卡", 存折="活期存折", 对公="对公账户 单位账户"),
    "relation": _list(
        户主="本人 户主本人 申请人 本人或户主 01 02 0",
        配偶="夫 妻 妻子 丈夫 1 10 11 12",
        子="儿子 长子 次子 三子 四子 五子 独生子 之子 养子 继子 养子或继子 其他儿子 2 20 21 22 23 24 25 26 27 29",
        女="女儿 长女 次女 三女 四女 五女 独生女 之女 养女 继女 养女或继女 其他女儿 3 30 31 32 33 34 35 36 37 39",
        子女="儿女",
        儿媳="媳妇 38",
        女婿="28",
        父母="父 母 父亲 母亲 公公 婆婆 岳父 岳母 养父 养母 继父 继母 继父或养父 继母或养母 "
        "5 50 51 52 53 54 55 56 57 58",
        祖父母="祖父 祖母 外祖父 外祖母 爷爷 奶奶 外公 外婆 (外)祖父母 祖父母或外祖父母 曾祖父 曾祖母 "
        "6 60 61 62 63 64 66 67",
        孙子女="孙子 孙女 外孙 外孙子 外孙女 孙 (外)孙子女 孙子女或外孙子女 4 40 41 42 43 44",
        兄弟姐妹="兄 弟 姐 妹 哥哥 弟弟 姐姐 妹妹 兄弟 姐妹 7 70 71 73 75 77",
        其他="其它 其他亲属 非亲属 8 80 97 99",
    ),
    "status": _list(
        在保="正常 在享 享受中 在册 保障中",
        渐退="渐退期 缓退",
        暂停="暂停发放 停发",
        停保="已停保 终止 退出 注销 取消",
        待审核="审核中 待审批",
        不予批准="不予确认 未批准",
    ),
    "programme": _list(
        dibao="低保 低保金 城乡低保 城市低保 农村低保 最低生活保障 最低生活保障金 最低生活保障对象 "
        "最低生活保障对象(单人) 城市最低生活保障 农村最低生活保障 城市居民最低生活保障 农村居民最低生活保障 "
        "城乡最低生活保障",
        tekun="特困 特困人员 特困供养 特困人员供养 特困人员救助供养 特困供养金 五保 农村五保 城市三无",
        dibao_edge="低保边缘 低保边缘家庭 边缘户 最低生活保障边缘家庭",
        rigid="刚性支出 刚性支出困难家庭 支出型困难家庭",
        orphan="孤儿 孤儿基本生活费 孤儿养育 孤儿基本生活保障",
        de_facto_orphan="事实无人抚养 事实无人抚养儿童 事实无人抚养儿童基本生活补贴 事实无人抚养儿童基本生活保障",
        child_distress="困境儿童 留守儿童 困境儿童生活补贴",
        disability_subsidy="残疾人两项补贴 两项补贴",
        disability_living="困难残疾人生活补贴 生活补贴 残疾人生活补贴",
        disability_care="重度残疾人护理补贴 护理补贴 残疾人护理补贴",
        youfu="优抚 优抚对象 优抚对象补助 优抚抚恤补助 抚恤补助 定期抚恤金",
        veteran_rural60="农村籍退役士兵 农村籍退役士兵老年生活补助 60周岁以上农村籍退役士兵 60岁以上农村籍退役士兵",
        martyr_child60="烈士子女 60周岁以上烈士子女 60岁以上烈士子女 烈士老年子女 烈士子女生活补助",
        veteran_hardship="困难退役军人 困难退役军人补助",
        retired_military="军休 军休人员",
        elderly="高龄津贴 尊老金 高龄老人津贴 高龄补贴",
        temporary_relief="临时救助 临时救助金",
        illness_poverty="因病致贫 因病致贫家庭 支出型贫困家庭",
        price_subsidy="物价补贴 价格补贴 价格临时补贴 临时价格补贴",
        addon="附加补贴 其他附加补贴",
    ),
    "urban_rural": _list(
        城市="城镇 城 城市低保 城市最低生活保障 城市居民最低生活保障 1",
        农村="乡村 农 农村低保 农村最低生活保障 农村居民最低生活保障 2",
    ),
    "category": _list(整户保="整户 最低生活保障对象", 单人保="单人 单人户 最低生活保障对象(单人)"),
    "class": _list(A="A类 A类家庭 一类", B="B类 B类家庭 二类", C="C类 C类家庭 三类"),
    "supplement": _list(
        老年="老年人 老年对象",
        未成年="未成年人 未成年对象",
        重残="重度残疾 重度残疾人",
        重病="大病 重病患者",
        其他="其它",
    ),
    "channel": _list(
        窗口="窗口受理 窗口申请 现场受理", 网上="网上申请 线上 线上申请", 村代办="村级代办 村(居)代办 代办"
    ),
    "housing": _list(
        自有私房="自有 自建房", 租用公房="公租房 廉租房", 租用私房="租房", 临时搭建="", 借用="借住", 其他="其它"
    ),
    "health": _list(健康="良好 健康或良好", 一般="较弱 体弱 一般或较弱", 重病="大病 患重病", 残疾="残疾人"),
    "labour": _list(
        有="有劳动能力 具有劳动能力",
        部分="部分劳动能力 部分丧失 部分丧失劳动能力",
        丧失="完全丧失 丧失劳动能力 完全丧失劳动能力 无劳动能力 无",
    ),
    "self_care": _list(
        能自理="全自理 具备 完全自理 具备生活自理能力",
        部分自理="部分丧失 半自理 半护理 部分丧失生活自理能力",
        不能自理="完全丧失 失能 全护理 完全丧失生活自理能力",
    ),
    "care_tier": _list(全护理="全护", 半护理="半护", 全自理="自理"),
    "employment": _list(
        老年人="",
        未成年人="",
        在职职工="在职 在岗职工",
        灵活就业="灵活就业人员",
        登记失业="登记失业人员",
        未登记失业="未登记失业人员",
        无就业条件="",
    ),
    "id_type": _list(
        居民身份证="身份证 1 01 二代身份证",
        港澳台居民居住证="港澳居民居住证 台湾居民居住证",
        外国人永久居留身份证="外国人永久居留证",
        护照="",
        港澳居民来往内地通行证="回乡证",
        台湾居民来往大陆通行证="台胞证",
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
    "disability_kind": _list(
        视力="视力残疾 1",
        听力="听力残疾 2",
        言语="言语残疾 3",
        肢体="肢体残疾 4",
        智力="智力残疾 5",
        精神="精神残疾 6",
        多重="多重残疾 7",
    ),
    "disability_level": _grades("残疾", last=4) | _list(非残疾="", 轻残="轻度残疾", 重残="重度残疾"),
    "injury_level": _grades("伤残", "残疾", "因战", "因公", "因病", last=10),
    "tekun_mode": _list(集中="集中供养", 分散="分散供养", 居家="居家供养"),
    "tekun_origin": _list(农村五保="五保 五保户 农村五保供养", 城市三无="三无 三无人员 城镇三无", 特困="特困人员"),
    "distress": _list(
        孤儿="",
        事实无人抚养儿童="事实无人抚养",
        艾滋病病毒感染儿童="感染艾滋病病毒儿童 艾滋病感染儿童 受艾滋病影响儿童",
    ),
    "raising_mode": _list(社会散居="散居", 机构="机构养育 集中"),
    "parent_status": _list(
        死亡="已故 去世 亡故",
        失联="",
        失踪="宣告失踪",
        重残="重度残疾",
        重病="",
        服刑="服刑在押",
        强制隔离戒毒="强戒",
        其他="其它",
    ),
    "pay_mode": _list(全额="全额发放", 补差="补差发放"),
    "youfu_category": _list(
        残疾军人="伤残军人 革命伤残军人",
        伤残人民警察="",
        伤残民兵民工="",
        三属="",
        烈士遗属="烈属",
        因公牺牲军人遗属="",
        病故军人遗属="",
        在乡复员军人="复员军人",
        带病回乡退伍军人="带病回乡退役军人",
        参战参试退役人员="参战参试 参战退役人员 参试退役人员 参战 参试 参战参试人员",
        农村籍退役士兵="60岁农村籍退役士兵 60周岁以上农村籍退役士兵 60岁以上农村籍退役士兵",
        烈士子女="60岁烈士子女 60周岁以上烈士子女 60岁以上烈士子女",
    ),
    "relief_level": _list(镇="乡镇 镇级 乡镇级 镇街道 乡镇街道 街道", 县="县级 区级 区 县区 县(区)"),
    "relief_size": _list(大额="大额救助", 小额="小额救助"),
    "payment_kind": _list(正常="正常发放", 补发="", 扣回="扣款", 重发=""),
    "payment_result": _list(成功="发放成功 已发 已到账", 退回="失败 发放失败 退票", 待发="未发"),
    "decision": _list(同意="批准 通过 确认 符合", 驳回="不予批准 不同意 不予确认", 退回补正="退回 补正"),
    "check_result": _list(符合="符合条件 通过 未见异常", 不符合="不符 超标 不符合条件 收入超标 财产超标"),
    "objection_result": _list(符合="复核符合 成立 通过", 不符合="维持 不成立 复核不符合"),
    "change_type": _list(
        资金变更="",
        成员属性="成员属性变更",
        成员增加="增员",
        成员减少="减员",
        成员死亡="",
        户主死亡="",
        户主变更="",
        跨类停止="",
        跨类新增="",
    ),
    "exemption_kind": _list(无="", 医疗用车="", 康复用车="", 生计用车="", 救助款存款="", 售房款=""),
    "death_source": _list(funeral="殡仪馆 殡葬 火化", police="公安 公安注销 户籍注销", health="卫健 疾控 医学死亡证明"),
    "hukou_status": _list(
        正常="在册", 死亡="死亡注销", 迁出="", 参军="", 失踪="", **{"出国(境)定居": "出国定居 出境定居 出国境"}
    ),
    "marriage_kind": _list(
        结婚="结婚登记 初婚 再婚", 离婚="离婚登记", 补领="补领结婚证 补发 补领婚姻证件", 撤销="撤销婚姻"
    ),
    "vehicle_status": _list(
        正常="A",
        注销="已注销",
        报废="已报废 强制报废",
        转出="已转出",
        抵押="",
        盗抢="被盗抢 丢失",
        违法未处理="逾期未检验",
    ),
    "title_status": _list(现势="正常 有效", 注销="已注销", 查封="", 抵押=""),
    "shared": _list(单独="单独所有", 共同共有="共同", 按份共有="按份"),
    "entity_status": _list(存续="在业 开业 在营 正常 存续(在营、开业、在册)", 吊销="吊销未注销", 注销="已注销"),
    "security_kind": _list(证券="股票", 基金="", 理财="理财产品", 保险="商业保险"),
    "provident_status": _list(正常="正常缴存 缴存", 封存="已封存"),
    "insurance": _list(
        职工养老="企业职工养老 职工养老保险 企业职工基本养老保险 城镇职工基本养老保险",
        职工医保="职工医疗保险 职工基本医疗保险",
        失业="失业保险",
        工伤="工伤保险",
        城乡居民="城乡居民养老 城乡居民养老保险 城乡居民基本养老保险",
    ),
    "pay_kind": _list(单位="单位缴费 单位参保 在职职工", 灵活就业="灵活就业人员 个人缴费"),
    "pension_kind": _list(
        职工="企业职工 企业职工养老 职工养老 城镇职工",
        机关="机关事业 机关事业单位 机关退休",
        城乡居民="居民养老 城乡居民养老",
        遗属="遗属补助 抚恤",
    ),
    "pension_status": _list(在领="正常 领取中", 暂停="", 终止="停发"),
    "payroll_status": _list(在编在岗="在职 在岗 在编", 退休="离退休 离休", 离职="辞职 调出 开除", 死亡=""),
    "payroll_file": _list(基本="基本信息", 新增="新增人员", 退出="减少 退出人员"),
    "cert_status": _list(有效="正常", 冻结="已冻结", 注销="已注销", 过期="已过期 失效"),
    "enrol_status": _list(在读="在校 在籍", 休学="", 毕业="已毕业", 退学=""),
    "custody_kind": _list(
        服刑="监狱服刑 在押服刑",
        强制隔离戒毒="强戒",
        社区矫正="社区服刑",
        监外执行="暂予监外执行",
        保外就医="",
        羁押="在押 看守所羁押",
    ),
    "stay_payer": _list(财政="政府 财政供养", 自费="个人"),
}
"""Code list → spelling → canonical value. Spellings are compared after NFKC, in lower case, without white space and
punctuation."""

_REAL: Final = "真实导出表"
_PLAIN: Final = "常见写法"

CODE_LISTS: Final[dict[str, CodeList]] = {
    "sex": CodeList("性别", "GB/T 2261.1"),
    "marital": CodeList("婚姻状况", "GB/T 2261.2"),
    "ethnicity": CodeList("民族", "GB/T 3304"),
    "education": CodeList("文化程度", "GB/T 4658"),
    "political": CodeList("政治面貌", "GB/T 4762"),
    "hukou_type": CodeList("户籍性质", _PLAIN),
    "account_kind": CodeList("账户类型", _PLAIN),
    "relation": CodeList("家庭关系", "GB/T 4761"),
    "status": CodeList("保障状态", _PLAIN),
    "programme": CodeList("救助项目", "《社会救助暂行办法》及各项目文件"),
    "urban_rural": CodeList("城乡类别", _PLAIN),
    "category": CodeList("保障类别", _REAL),
    "class": CodeList("家庭类别(复核周期)", _PLAIN),
    "supplement": CodeList("分类施保类型", _REAL),
    "channel": CodeList("受理渠道", _PLAIN),
    "housing": CodeList("住房状况", _REAL),
    "health": CodeList("健康状况", _REAL),
    "labour": CodeList("劳动能力", _REAL),
    "self_care": CodeList("生活自理能力", "民发〔2021〕43号"),
    "care_tier": CodeList("照料护理档次", "民发〔2021〕43号"),
    "employment": CodeList("就业状况", _REAL),
    "id_type": CodeList("证件类型", "GB 11643 及各证件管理规定"),
    "exclude_reason": CodeList("不计入家庭人口原因", "民发〔2021〕57号"),
    "disability_kind": CodeList("残疾类别", "GB/T 26341"),
    "disability_level": CodeList("残疾等级", "GB/T 26341"),
    "injury_level": CodeList("伤残等级", "军人抚恤优待条例"),
    "tekun_mode": CodeList("供养方式", "民发〔2021〕43号"),
    "tekun_origin": CodeList("特困人员原类别", _PLAIN),
    "distress": CodeList("儿童类别", "民发〔2019〕62号"),
    "raising_mode": CodeList("养育方式", _PLAIN),
    "parent_status": CodeList("父母状况", "民发〔2019〕62号"),
    "pay_mode": CodeList("发放方式", "民发〔2019〕62号"),
    "youfu_category": CodeList("优抚对象类别", "军人抚恤优待条例"),
    "relief_level": CodeList("临时救助审批层级", _PLAIN),
    "relief_size": CodeList("临时救助大小额", _PLAIN),
    "payment_kind": CodeList("发放类型", _PLAIN),
    "payment_result": CodeList("发放结果", _PLAIN),
    "decision": CodeList("审批结果", _PLAIN),
    "check_result": CodeList("核对结论", _PLAIN),
    "objection_result": CodeList("复核结果", _PLAIN),
    "change_type": CodeList("变更类型", _REAL),
    "exemption_kind": CodeList("豁免类型", _REAL),
    "death_source": CodeList("死亡数据来源", _PLAIN),
    "hukou_status": CodeList("户籍状态", _PLAIN),
    "marriage_kind": CodeList("婚姻登记类别", _PLAIN),
    "vehicle_status": CodeList("机动车状态", _PLAIN),
    "title_status": CodeList("权属状态", _PLAIN),
    "shared": CodeList("共有方式", _PLAIN),
    "entity_status": CodeList("登记状态", _PLAIN),
    "security_kind": CodeList("金融资产类型", _PLAIN),
    "provident_status": CodeList("公积金账户状态", _PLAIN),
    "insurance": CodeList("险种", _PLAIN),
    "pay_kind": CodeList("缴费方式", _PLAIN),
    "pension_kind": CodeList("养老待遇类型", _PLAIN),
    "pension_status": CodeList("养老待遇状态", _PLAIN),
    "payroll_status": CodeList("财政供养人员状态", _PLAIN),
    "payroll_file": CodeList("财政供养增减类型", _PLAIN),
    "cert_status": CodeList("残疾人证状态", _PLAIN),
    "enrol_status": CodeList("学籍状态", _PLAIN),
    "custody_kind": CodeList("羁押与矫正类别", _PLAIN),
    "stay_payer": CodeList("机构费用来源", _PLAIN),
}
"""Code list → its Chinese title and where its values come from."""
