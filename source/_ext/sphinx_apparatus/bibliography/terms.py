"""Words and forms that the list of works and the exports share."""

from __future__ import annotations

#: What biblatex calls kinds of theses and reports, in words.
GENRES = {
    "phdthesis": "PhD diss.",
    "mastersthesis": "Master’s thesis",
    "mathesis": "Master’s thesis",
    "bathesis": "Bachelor’s thesis",
    "candthesis": "Candidate thesis",
    "techreport": "Technical report",
    "resreport": "Research report",
}
