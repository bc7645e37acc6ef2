"""The text of the sample folder's README."""

from __future__ import annotations

from typing import Final

README: Final = """\
# 样例数据 / Sample data

虚构的洮滨区(区划代码 320413)民政局 2026 年 5 月、6 月两个月的社会救助资料,按一个真实办公室的样子存放:带标题行和合并单元格的
工作簿、GB18030 和 UTF-8 的 CSV、一个 SQLite 业务库,表头和日期写法各不相同。

**所有人员、号码、账号、地名、机构和金额都是合成的**,与任何真实的人和地方无关;保障标准(每人每月 1020 元)也是虚构的。
这些文件由 `baoshen_audit.testing.synth` 用固定种子生成,不要手工修改;重新生成:`make sample`(逐字节相同)。

Two months of a fictional county as an office keeps them, generated from a fixed seed. Every person, number, account, place and
amount is synthetic. Do not edit; `make sample` writes the same bytes again.

| 文件 | 内容 | 样子 |
|---|---|---|
| `bureau/2026-0?/2026年?月低保花名册.xlsx` | 低保家庭和成员 | 每镇一张表,标题行、单位行、按户合并的单元格、小计、合计、制表人 |
| `bureau/2026-0?/低保边缘家庭2026??.csv` | 低保边缘家庭和成员 | GB18030,户信息逐行重复,金额带千分位 |
| `bureau/2026-0?/特困供养人员名册.xlsx` | 特困人员 | 标题行,合计行 |
| `bureau/2026-0?/孤儿花名册.xlsx` | 孤儿 | 标题行、单位行 |
| `bureau/2026-0?/残疾人两项补贴名册.csv` | 残疾人两项补贴 | UTF-8 带 BOM |
| `bureau/2026-0?/优抚对象名册.xlsx` | 优抚对象 | 标题行、单位行 |
| `bureau/2026-0?/2026年?月社会化发放明细.csv` | 发放明细 | GB18030,含退回、重发、补发 |
| `bureau/2026-06/社会救助业务.db` | 申请办理过程、核对报告、财产豁免台账、代领授权 | SQLite,四张表 |
| `bureau/2026-06/核对数据/` | 殡葬火化、公安死亡注销、机动车、不动产、市场主体、财政供养、养老待遇、婚姻登记、干部名册、近亲属备案、数据源清单 | CSV 和工作簿 |
| `truth.csv` | 埋设的疑点和陷阱 | UTF-8 |

## truth.csv

一行是一个案例涉及的一条记录:`case_id,kind,code,role,file,sheet,row,note`。

- `kind`:`planted` 是必须查出的疑点,`trap` 是陷阱,规则 `code` 不得在 `role` 为 `subject` 的记录上给出 A 级或 B 级疑点。
- `role`:`subject` 是案例所指的记录(每个案例一条),其余是佐证:`payment` 发放、`death` 死亡、`vehicle` 车辆、`marriage` 婚姻登记、
  `roster` 干部名册、`report` 核对报告、`other_roll` 另一条在册记录、`household` 所在户、`earlier` 同一记录在上个月的行,等等。
- `file` 相对于 `bureau/`;`sheet` 是工作表名(CSV 为空,SQLite 为表名);`row` 是表格软件显示的行号(从 1 起,含表头),SQLite 为 rowid。
- 户与户主在合并的表中是同一行。

In short: every `planted` case must be found; no finding of grade A or B of rule `code` may rest on the `subject` of a `trap`.
"""
