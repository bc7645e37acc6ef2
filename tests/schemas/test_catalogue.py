"""The catalogue: all tables of the data dictionary, every header with one meaning, contracts as declared."""

import re
import subprocess
import sys
from collections import Counter

import pytest
from pandera.api.dataframe.model_components import FieldInfo

from baoshen_audit.schemas import HOUSEHOLD_ROLLS, PERSON_ROLLS, TABLES
from baoshen_audit.schemas.base import DTYPES, Entitlement, Person
from baoshen_audit.schemas.catalogue import columns_of
from baoshen_audit.text import fold_text

HAN = re.compile("[\u4e00-\u9fff]")
each_table = pytest.mark.parametrize("spec", TABLES.values(), ids=list(TABLES))

ROLLS = """dibao member dibao_edge tekun orphan de_facto_orphan child_distress disability_subsidy youfu veteran_rural60
    martyr_child60 veteran_hardship retired_military elderly temporary_relief illness_poverty rigid price_subsidy
    addon"""
PROCESS = """payment application case_history exemption mandate supporter self_care_assessment monitoring
    village_stats"""
FEEDS = """manifest death hukou id_alias marriage vehicle vessel_farm transport realestate presale deedtax business bank
    securities provident social_ins pension unemployment injury_care fiscal_payroll tax disability medical school
    custody exit agri institution rescue_station cadre_roster kin_filing check_report authorisation petition
    veteran_register peer_tokens place_alias region"""


@pytest.mark.parametrize(
    ("kind", "names", "count"), [("roll", ROLLS, 19), ("process", PROCESS, 9), ("feed", FEEDS, 38)]
)
def test_all_tables_of_the_dictionary_are_there(kind, names, count):
    found = {name for name, spec in TABLES.items() if spec.kind == kind}
    assert found == set(names.split())
    assert len(found) == count


@each_table
def test_a_header_means_one_column(spec):
    headers = Counter(fold_text(alias) for column in spec.columns.values() for alias in (column.name, *column.aliases))
    assert [header for header, times in headers.items() if times > 1 or not header] == []


@each_table
def test_no_column_loses_its_title_to_another(spec):
    assert [column.name for column in spec.columns.values() if column.aliases[:1] != (column.title,)] == []


@pytest.mark.parametrize("model", [Person, Entitlement, *(spec.model for spec in TABLES.values())])
def test_two_columns_of_one_declaration_never_claim_the_same_header(model):
    fields = [info for info in vars(model).values() if isinstance(info, FieldInfo)]
    headers = Counter(fold_text(alias) for info in fields for alias in info.metadata["aliases"])
    assert [header for header, times in headers.items() if times > 1] == []


@each_table
def test_the_compiled_contract_is_what_the_catalogue_says(spec):
    compiled = spec.model.to_schema()
    assert compiled.strict is True
    assert compiled.coerce is False
    assert compiled.checks == []
    assert list(compiled.columns) == list(spec.columns)
    for name, column in compiled.columns.items():
        assert column.dtype.type == spec.columns[name].dtype == DTYPES[spec.columns[name].kind]
        assert (column.nullable, column.required, column.unique, column.coerce) == (True, False, False, False)
        told = set(spec.columns[name].checks) | ({"isin"} if spec.columns[name].codes else set())
        assert len(column.checks) == len(told)


@each_table
def test_a_table_says_what_it_is(spec):
    assert spec.title
    assert spec.note
    assert spec.grain
    assert spec.aliases
    assert (spec.kind == "feed") == bool(spec.provider)
    assert set(spec.title).isdisjoint(r"[]:*?/\\")
    assert len(spec.title) <= 31, "a sheet of the template workbook is called so"


def test_names_and_words_tell_tables_apart():
    words = Counter(fold_text(word) for spec in TABLES.values() for word in {spec.title, *spec.aliases})
    assert [word for word, times in words.items() if times > 1] == []


@each_table
def test_numbers_of_persons_are_masked_and_named_for_their_keys(spec):
    for column in spec.columns.values():
        if column.kind in ("id", "account", "phone"):
            assert column.pii == "direct"
        if column.kind == "id":
            assert column.name == "id_no" or column.name.endswith("_id")
        if column.kind == "money":
            assert column.unit.startswith(("元", "万元"))


@each_table
def test_a_code_list_means_a_code(spec):
    assert [c.name for c in spec.columns.values() if c.codes and c.kind != "code"] == []


def test_shared_blocks_are_in_every_roll():
    shared = set(columns_of(Entitlement))
    for spec in TABLES.values():
        if spec.kind == "roll":
            assert shared <= set(spec.columns)
    assert set(columns_of(Person)) < shared


def test_a_table_s_own_column_wins_a_header_from_the_shared_block():
    addon = TABLES["addon"].columns
    assert "补贴项目" in addon["item"].aliases
    assert "补贴项目" not in addon["programme"].aliases
    assert "补贴项目" in TABLES["tekun"].columns["programme"].aliases


def test_rigid_households_have_the_columns_of_both_parents():
    assert {"top_up", "covered_count", "self_paid", "patient_id", "valid_to"} <= set(TABLES["rigid"].columns)
    assert TABLES["rigid"].columns["rigid_exp"].unit == "元"
    assert TABLES["dibao"].columns["rigid_exp"].unit == "元/月"
    assert TABLES["rigid"].columns["name"].title == "户主姓名"


def test_rolls_of_households_and_persons():
    rolls = {name for name, spec in TABLES.items() if spec.kind == "roll"}
    assert set(HOUSEHOLD_ROLLS) | set(PERSON_ROLLS) < rolls
    assert set(HOUSEHOLD_ROLLS).isdisjoint(PERSON_ROLLS)
    assert all({"family_size", "covered_count"} <= set(TABLES[name].columns) for name in HOUSEHOLD_ROLLS)
    assert "member" not in {*HOUSEHOLD_ROLLS, *PERSON_ROLLS}


def test_annual_and_monthly_money_are_told_apart():
    dibao = TABLES["dibao"].columns
    assert {n for n, c in dibao.items() if c.unit == "元/年"} == {
        "income_year", "support_income", "land_income", "agri_subsidy",
    }  # fmt: skip


def test_importing_the_catalogue_compiles_no_contract():
    code = (
        "from baoshen_audit.schemas import TABLES\n"
        "from pandera.api.dataframe.model import MODEL_CACHE\n"
        "raise SystemExit(len(MODEL_CACHE))"
    )
    assert subprocess.run([sys.executable, "-c", code], check=False).returncode == 0


def test_names_are_imported_when_first_used():
    code = (
        "import sys\n"
        "import baoshen_audit.schemas as schemas\n"
        "assert 'pandera' not in sys.modules\n"
        "assert not hasattr(schemas, 'NothingOfThatName') and not hasattr(schemas, 'nothing')\n"
        "from baoshen_audit.schemas import *\n"
        "assert TABLES['dibao'].model is DibaoRoll is schemas.DibaoRoll and check\n"
    )
    subprocess.run([sys.executable, "-c", code], check=True)


@each_table
def test_every_field_tells_what_it_is(spec):
    """Title, description, headers, personal-data class, unit, code list and source stand in the metadata of each."""
    compiled = spec.model.to_schema()
    for column in spec.columns.values():
        field = compiled.columns[column.name]
        told = field.metadata
        assert field.title == column.title == told["aliases"][0]
        assert HAN.search(column.title) or column.title.isupper(), f"{spec.name}.{column.name}"
        assert field.description == column.description
        assert HAN.search(column.description), f"{spec.name}.{column.name}"
        assert told["pii"] in ("direct", "quasi", "sensitive", "none")
        assert told["source"], f"{spec.name}.{column.name}"
        if column.kind in ("money", "int", "number"):
            assert told["unit"], f"{spec.name}.{column.name}"
        if column.kind == "code" and not told["codes"]:
            assert column.note or "按原文保留" in column.description
