"""The edition as data: beside the pages, and in a package."""

from __future__ import annotations

import csv
import dataclasses
import hashlib
import json
import re
import zipfile
from pathlib import Path
from typing import Any

import pytest
from lxml import etree, html

from annotating import annotate
from making import edition, record
from projects import Project
from requires import lacking
from sphinx_apparatus.model.text import Part
from sphinx_apparatus.outputs.dataset.fields import FIELDS, json_schema, row
from sphinx_apparatus.outputs.dataset.links import data_links
from sphinx_apparatus.outputs.webannotation import Addresses, paged
from sphinx_apparatus.outputs.webannotation.annotation import quoted
from sphinx_apparatus.outputs.webannotation.pages import single

STRING = "The moon has set, and the Pleiades; it is midnight.\n"
SITE = ("-D", "html_baseurl=https://example.org/fr/", "-D", "apparatus_title=Fragments")


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Project:
    project = Project.at(tmp_path_factory.mktemp("data") / "project")
    result = project.build("-W", "--keep-going", *SITE)
    assert result.status == 0, result.messages
    return project


def read(project: Project, name: str) -> Any:
    return json.loads(project.read(f"_build/{name}"))


def test_every_annotation_and_text_has_its_part(site: Project) -> None:
    for identifier in ("M1", "M2", "M3"):
        assert read(site, f"corrections/{identifier}.jsonld")["ed:id"] == identifier
        etree.parse(site.out / "corrections" / f"{identifier}.xml")
    assert site.read("_build/texts/M.txt") == site.read("texts/moon.txt")
    digest = hashlib.sha256((site.out / "texts" / "M.txt").read_bytes()).hexdigest()
    assert f"{digest}  M.txt" in site.read("_build/texts/SHA256SUMS").splitlines()


def test_a_file_of_an_annotation_leads_to_places_that_are_there(site: Project) -> None:
    """By its own place, and by what its note refers to, into the file of the text (TEI, 16.2)."""
    for path in (site.out / "corrections").glob("M*.xml"):
        led = re.findall(r'"([^"#: ]+\.xml)#([^" ]+)', path.read_text("utf-8"))
        assert led
        for file, anchor in led:
            there = (path.parent / file).read_text("utf-8")
            for identifier in anchor.removeprefix("range(").removesuffix(")").split(","):
                assert f'xml:id="{identifier}"' in there


def test_addresses_are_absolute_where_the_edition_has_one(site: Project) -> None:
    made = read(site, "corrections/M1.jsonld")
    assert made["id"] == "https://example.org/fr/corrections/M1.html"
    assert made["target"]["source"] == "https://example.org/fr/texts/M.txt"
    assert made["@context"][1]["ed"] == "https://example.org/fr/data/terms.html#"
    assert (site.out / "data" / "terms.html").exists()
    assert (site.out / "corrections" / "M1.html").exists()


def test_without_an_address_they_lead_from_file_to_file() -> None:
    one = annotate(STRING, 4, 8, "sun")
    made = single(edition(STRING, one), "M1", Addresses("", "../"), {})
    assert made["id"] == "../corrections/M1.html"
    assert made["target"]["source"] == "../texts/M.txt"


def test_the_collection_has_its_pages(site: Project) -> None:
    whole = read(site, "data/annotations.jsonld")
    assert whole["total"] == 3
    page = read(site, whole["first"].removeprefix("https://example.org/fr/"))
    assert page["partOf"] == whole["id"]
    assert len(page["items"]) == 3


def test_pages_follow_one_another() -> None:
    both = edition({"M": STRING, "N": STRING}, annotate(STRING, 4, 8, None), annotate(STRING, 4, 8, None, id="N1"))
    whole = paged(both, Addresses("https://example.org"))
    assert whole["first"].endswith("annotations-M.jsonld")
    assert whole["last"].endswith("annotations-N.jsonld")


def test_an_editor_is_an_agent(site: Project) -> None:
    assert read(site, "corrections/M1.jsonld")["creator"] == {"type": "Organization", "name": "The editors"}


@pytest.mark.parametrize("place", [0, 4, 17, len(STRING) - 1, len(STRING)])
def test_a_place_without_words_is_quoted_by_a_word_that_is_there(place: int) -> None:
    made = quoted(STRING, place, place)
    assert made["exact"].strip()
    assert f"{made.get('prefix', '')}{made['exact']}{made.get('suffix', '')}" in STRING
    assert STRING.index(made["exact"]) + made["refinedBy"]["start"] == place
    assert made["refinedBy"]["start"] == made["refinedBy"]["end"]


def test_csv_and_json_say_the_same(site: Project) -> None:
    said = read(site, "data/annotations.json")
    assert said["contract"] == 1
    with (site.out / "data" / "annotations.csv").open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    assert [one["id"] for one in rows] == [one["id"] for one in said["annotations"]]
    for cells, values in zip(rows, said["annotations"], strict=True):
        for name, value in values.items():
            assert cells[name] == ("; ".join(value) if isinstance(value, list) else str("" if value is None else value))


def test_the_schema_names_every_field_and_no_other() -> None:
    one = annotate(STRING, 4, 8, "sun")
    declared = json_schema()["properties"]["annotations"]["items"]["properties"]
    assert list(row(edition(STRING, one), one)) == list(declared) == [field.name for field in FIELDS]


def test_links_lead_to_files(site: Project) -> None:
    made = edition({"M": STRING}, annotate(STRING, 4, 8, None))
    for target in ("M1", "M", "M ¶1"):
        found = data_links(made, target)
        assert found
        for link in found:
            assert (site.out / link.path.partition("#")[0]).exists(), link
    assert data_links(made, "M99") == ()


LISTED = """# Data

```{ed:data}
```

```{ed:data}
:parts:
```
"""


@pytest.mark.parametrize("builder", ["html", "dirhtml"])
def test_every_page_links_its_own_part(project: Project, builder: str) -> None:
    """For readers on the page, for machines in its head; and a page lists all that there is."""
    project.add_page("files", LISTED)
    assert project.build("-W", builder=builder).messages == ""
    own = {"corrections/M1": "corrections/M1.xml", "passages/M-p2": "texts/M.txt", "passages/M": "texts/M.txt",
           "moon": "texts/M.txt", "index": "data/edition.xml", "files": "data/annotations.csv"}  # fmt: skip
    for name, part in own.items():
        folder = name != "index" and builder == "dirhtml"
        path = project.out / (f"{name}/index.html" if folder else f"{name}.html")
        page = html.fromstring(path.read_bytes())
        in_head = page.xpath("//link[@rel='alternate' and @type]/@href")
        on_page = [
            one for one in page.xpath("//a/@href") if re.search(r"(^|/)(texts|data)/|\.jsonld|\.xml|^[MK]\.txt", one)
        ]
        files = {(path.parent / one.partition("#")[0]).resolve() for one in (*in_head, *on_page)}
        assert [file for file in files if not file.is_file()] == []
        assert (project.out / part).resolve() in files, name
        assert in_head or name == "files"
        if name.startswith(("corrections", "passages", "files")):
            assert len(on_page) >= 2
    digest = hashlib.sha256((project.out / "texts" / "M.txt").read_bytes()).hexdigest()
    assert digest in project.read(f"_build/passages/M{'.html' if builder == 'html' else '/index.html'}")


def test_the_list_names_every_file(project: Project) -> None:
    project.add_page("files", LISTED)
    assert project.build("-W").status == 0
    links = html.fromstring((project.out / "files.html").read_bytes()).xpath("//table//a/@href")
    written = {
        path.relative_to(project.out).as_posix() for name in ("data", "texts") for path in project.out.glob(f"{name}/*")
    }
    written |= {"datapackage.json", "ro-crate-metadata.json", "corrections/M2.jsonld", "corrections/M2.xml"}
    assert set(links) == written


def test_where_no_data_are_nothing_leads_to_them(project: Project) -> None:
    project.add_page("files", LISTED)
    assert project.build("-W", "-D", "apparatus_data=0").status == 0
    for page in project.out.rglob("*.html"):
        assert not html.fromstring(page.read_bytes()).xpath("//@href[contains(., 'jsonld')]"), page
    assert "data/edition.xml" in project.read("_build/files.html")
    assert project.build("-W", "-E", *SITE, builder="latex").status == 0
    (book,) = project.out.glob("*.tex")
    assert "https://example.org/fr/data/edition.xml" in book.read_text("utf-8")


def test_the_archive_has_all_and_the_same_bytes_each_time(project: Project) -> None:
    for _ in range(2):
        assert project.build("-W", "-D", "apparatus_released=2026-01-02", builder="dataset").status == 0
    (first,) = (project.out / "data").glob("*.zip")
    with zipfile.ZipFile(first) as zipped:
        names = set(zipped.namelist())
        described = json.loads(zipped.read("datapackage.json"))
        for resource in described["resources"]:
            content = zipped.read(resource["path"])
            assert resource["hash"] == f"sha256:{hashlib.sha256(content).hexdigest()}"
            assert resource["bytes"] == len(content)
        crate = json.loads(zipped.read("ro-crate-metadata.json"))
    assert {"datapackage.json", "ro-crate-metadata.json", "texts/M.txt", "data/M.xml"} <= names
    root = next(one for one in crate["@graph"] if one["@id"] == "./")
    assert {one["@id"] for one in root["hasPart"]} == {one["path"] for one in described["resources"]}


def test_what_is_gone_is_removed_and_what_is_not_wanted_is_not_there(project: Project) -> None:
    assert project.build().status == 0
    assert (project.out / "corrections" / "M1.xml").exists()
    assert project.build("-D", "apparatus_data=0").status == 0
    assert not (project.out / "data").exists()
    assert not (project.out / "corrections" / "M1.xml").exists()
    assert (project.out / "corrections" / "M1.html").exists()


def test_data_that_did_not_change_are_left_alone(project: Project) -> None:
    def stand() -> dict[str, int]:
        folders = (project.out / name for name in ("data", "corrections", "texts"))
        return {str(path): path.stat().st_mtime_ns for folder in folders for path in folder.iterdir()}

    assert project.build().status == 0
    before = stand()
    project.replace("index.md", "The end is doubted", "The end is much doubted")
    assert project.build().status == 0
    assert stand() == before


def test_a_changed_note_changes_its_data(project: Project) -> None:
    assert project.build().status == 0
    project.replace("moon.md", "*Hour* is the narrower word.", "*Hour* is better.")
    assert project.build().status == 0
    assert "is better" in project.read("_build/corrections/M1.xml")
    assert "is better" in project.read("_build/data/annotations.csv")


def test_an_editor_who_gets_an_identifier_has_it_in_the_data(project: Project) -> None:
    """ORCID, in what is made anew of the data as in what was kept."""
    conf = project.read("conf.py")
    for orcid in ("0000-0002-1825-0097", "0000-0001-5109-3700"):
        project.write("conf.py", f'{conf}\napparatus_editors = {{"ed": {{"name": "Ed", "orcid": "{orcid}"}}}}\n')
        assert project.build().status == 0
        assert orcid in project.read("_build/corrections/M1.jsonld")
        assert orcid in project.read("_build/data/annotations-M.jsonld")


def test_frictionless_finds_the_package_valid(site: Project) -> None:
    try:
        import frictionless
    except ImportError:
        lacking("frictionless (PyPI)")
    report = frictionless.validate(str(site.out / "datapackage.json"))
    assert report.valid, report.flatten(["title", "message"])


def test_each_file_has_a_name_whatever_pictures_are_called(tmp_path: Path) -> None:
    project = Project.at(tmp_path / "project")
    figures = ""
    for name in ("달.svg", "밤.svg", "a-b.svg", "a.b.svg"):
        project.write(f"pics/{name}", '<svg xmlns="http://www.w3.org/2000/svg" width="1" height="1"/>')
        figures += f"~~~{{figure}} pics/{name}\n:alt: A moon\n~~~\n\n"
    project.replace("moon.md", "*Hour* is", f"{figures}*Hour* is")
    assert project.build("-W", builder="dataset").messages == ""
    resources = json.loads(project.read("_build/datapackage.json"))["resources"]
    names = [one["name"] for one in resources]
    assert sum(one["path"].startswith("data/pictures/") for one in resources) == 4
    assert len(set(names)) == len(names)
    assert all(re.fullmatch("[a-z0-9._/-]+", name) for name in names)  # Frictionless, "name"
    crate = json.loads(project.read("_build/ro-crate-metadata.json"))["@graph"]
    assert all(one["@id"].isascii() for one in crate)
    assert any(one["@id"] == "data/pictures/pics/%EB%8B%AC.svg" for one in crate)


def test_pyld_expands_an_annotation_to_addresses(site: Project) -> None:
    try:
        from pyld import jsonld
    except ImportError:
        lacking("PyLD (PyPI)")
    from requires import anno_context

    context = json.loads(anno_context().read_text("utf-8"))

    def load(url: str, _: Any = None) -> dict[str, Any]:
        assert url == "http://www.w3.org/ns/anno.jsonld"
        return {"contentType": "application/ld+json", "contextUrl": None, "documentUrl": url, "document": context}

    (found,) = jsonld.expand(read(site, "corrections/M3.jsonld"), {"documentLoader": load})
    assert found["@id"] == "https://example.org/fr/corrections/M3.html"
    see = found["https://example.org/fr/data/terms.html#see"]
    assert [one["@id"] for one in see] == [
        "https://example.org/fr/corrections/M1.html",
        "https://example.org/fr/passages/M-p2.html",
    ]
    creator = found["http://purl.org/dc/terms/creator"][0]
    assert creator["http://xmlns.com/foaf/0.1/name"] == [{"@value": "The editors"}]
    selectors = found["http://www.w3.org/ns/oa#hasTarget"][0]["http://www.w3.org/ns/oa#hasSelector"]
    assert len(selectors) == 2


def test_a_part_of_a_page_of_the_web_has_that_page_for_a_target() -> None:
    """Where the part itself, of a book, has no address."""
    one = annotate(STRING, 4, 8, "sun")
    record_ = record(STRING, source="page", parts=(Part(1, 1, "book"),))
    made = dataclasses.replace(edition(STRING, one), texts={"M": record_})
    sources = [target["source"] for target in single(made, "M1", Addresses("", "../"), {"page": "https://p"})["target"]]
    assert sources == ["../texts/M.txt", "https://p"]
    sources = [
        t["source"] for t in single(made, "M1", Addresses(), {"page": "https://p", "book": "https://b"})["target"]
    ]
    assert sources[1] == "https://b"


def test_a_library_reads_the_crate(project: Project, tmp_path: Path) -> None:
    """Every file is there, has a licence of its layer, and whoever reads it finds the edition's own words."""
    try:
        from rocrate.rocrate import ROCrate
    except ImportError:
        lacking("rocrate (PyPI)")
    assert project.build("-W", "-D", "apparatus_licence=https://example.org/l", builder="dataset").status == 0
    (archive,) = (project.out / "data").glob("*.zip")
    with zipfile.ZipFile(archive) as zipped:
        zipped.extractall(tmp_path / "crate")
    crate = ROCrate(tmp_path / "crate")
    files = {entity.id: entity["license"].id for entity in crate.data_entities}
    there = {path.relative_to(tmp_path / "crate").as_posix() for path in (tmp_path / "crate").rglob("*.*")}
    assert set(files) | {"ro-crate-metadata.json", "datapackage.json"} == there | {"texts/SHA256SUMS"}
    assert files["texts/M.txt"] == "#quoted"
    assert files["data/annotations.csv"] == crate.license.id == "https://example.org/l"
    assert crate.name == "Fragments"
