"""Words and forms that the list of works and the exports share."""

from __future__ import annotations

import re

#: What some write behind the number of an edition, and styles add.
EDITION = re.compile(r"\s+(?:ed\.?|edn\.?|edition)$", re.IGNORECASE)

#: What biblatex calls kinds of theses and reports, in words.
GENRES = {
    "phdthesis": "PhD diss.",
    "mastersthesis": "Master’s thesis",
    "mathesis": "Master’s thesis",
    "bathesis": "Bachelor’s thesis",
    "candthesis": "Candidate thesis",
    "techreport": "Technical report",
    "resreport": "Research report",
    "patent": "Patent",
    "patentde": "German patent",
    "patenteu": "European patent",
    "patentfr": "French patent",
    "patentuk": "British patent",
    "patentus": "US patent",
    "patreq": "Patent request",
    "datacd": "Data CD",
    "audiocd": "Audio CD",
    "software": "Software",
}

#: What biblatex calls the states of a work that has not appeared.
STATES = {"inpress": "in press", "inpreparation": "in preparation"}

#: What biblatex calls the countries of patents.
COUNTRIES = {
    "countryde": "Germany",
    "countryeu": "European Union",
    "countryep": "European Union",
    "countryfr": "France",
    "countryuk": "United Kingdom",
    "countryus": "United States of America",
}
