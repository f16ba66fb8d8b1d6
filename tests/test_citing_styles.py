"""Citations in styles: as citeproc-js makes them, and where a style has no word of it, as a reader expects them."""

from __future__ import annotations

import json
import re
from html import unescape

import pytest

from recording import DATA, item
from sphinx_apparatus.bibliography import csl
from sphinx_apparatus.bibliography.reader import read_all
from sphinx_apparatus.bibliography.works import item_of


def test_names_in_scripts_of_their_own_have_no_initials() -> None:
    found = item("@article{r, author={Roe, Jane Mary and 김, 정일}, title={T}, journal={J}, year={1990}}")
    assert "Roe, Jane Mary, and 김정일" in csl.cite(found, "modern-language-association")
    assert "Roe, J. M., & 김, 정일" in unescape(csl.cite(found, "apa"))


def test_names_with_a_sign_before_the_first_letter_have_no_initials() -> None:
    found = item("@book{r, author={al-Raḥmān, ʿAbd}, title={T}, year={1990}}")
    assert "al-Raḥmān, ʿAbd. (1990)" in csl.cite(found, "apa")


def test_a_letter_for_a_given_name_has_its_point() -> None:
    found = item("@book{r, author={Kennedy, John F}, title={T}, year={1990}}")
    assert "Kennedy, John F. 1990." in csl.cite(found, "chicago-author-date")


@pytest.mark.parametrize(
    ("pages", "said"), [("1--20", "1–20"), ("9--12", "9–12"), ("123--129", "123–29"), ("1--9", "1–9")]
)
def test_a_range_of_pages_is_abridged_where_its_ends_are_alike(pages: str, said: str) -> None:
    found = item(
        f"@incollection{{r, author={{Roe, Jane}}, title={{T}}, booktitle={{B}}, pages={{{pages}}}, year={{1990}}}}"
    )
    assert f"pp. {said}." in csl.cite(found, "modern-language-association")


def test_volumes_are_called_so() -> None:
    found = item("@book{r, author={Roe, Jane}, title={T}, volumes={3}, year={1990}}")
    assert "3 vols." in csl.cite(found, "chicago-notes-bibliography")


def test_whoever_made_a_work_is_named_once() -> None:
    found = item(
        "@book{r, editor={Ed, A}, editortype={compiler}, introduction={In, B}, foreword={Fo, C}, title={T}, year=2000}"
    )
    assert csl.cite(found, "chicago-notes-bibliography") == "Ed, A., comp. <i>T</i>. 2000."
    assert [one["family"] for one in found["introduction"]] == ["In", "Fo"]


def test_those_not_named_follow_a_comma_where_the_style_has_one() -> None:
    found = item("@book{r, author={Roe, Jane and others}, editor={Ed, Ann and others}, title={T}, year={2000}}")
    said = csl.cite(found, "chicago-notes-bibliography")
    assert said == "Roe, Jane, et al. <i>T</i>. Edited by Ann Ed et al. 2000."


def test_what_stands_with_a_title_in_the_place_of_names_stands_there_only() -> None:
    assert csl.cite(item("@manual{r, title={T}, edition={3}, year={2000}}"), "apa").count("3rd ed.") == 1


def test_what_a_record_holds_is_no_mark_up_of_a_page() -> None:
    found = item("@book{a, author={{<script>x</script>}}, title={<b onclick=x>}, publisher={A & <i>B}, year={1990}}")
    for style in csl.STYLES:
        said = csl.cite(found, style.name)
        assert "<script" not in said
        assert "<b " not in said
        assert "A &amp; &lt;i&gt;B" in said


@pytest.mark.parametrize("style", sorted(json.loads((DATA / "golden.json").read_text("utf-8"))))
def test_citations_are_those_of_citeproc_js(style: str) -> None:
    """Works of each kind; ``golden.cjs`` has written what citeproc-js 2 makes of them."""
    golden = json.loads((DATA / "golden.json").read_text("utf-8"))[style]
    entries = read_all([DATA / "works.bib"], "utf-8")[0].entries
    assert len(golden) == len(entries) == 54

    def words(html: str) -> str:
        return " ".join(unescape(re.sub(r"</?(?:i|span)[^>]*>", "", html)).split())

    said = {key: words(csl.cite(item_of(key, entry), style)) for key, entry in entries.items()}
    assert said == {key: words(html) for key, html in golden.items()}
